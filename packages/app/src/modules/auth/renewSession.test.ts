import { createFetchApi } from '@backstage/core-app-api';
import type { LocalAuthApi } from './LocalAuth';
import type { LocalIdentity } from './LocalIdentity';
import { renewSession } from './renewSession';

describe('renewSession', () => {
  const refresh = jest.fn<Promise<void>, []>();
  const send = jest.fn<Promise<Response>, [Request]>();

  beforeEach(() => jest.resetAllMocks());

  function fetchApi(
    identity: Partial<LocalIdentity> | undefined = { refresh },
  ) {
    const auth = { current: () => identity } as Partial<LocalAuthApi>;
    return createFetchApi({
      baseImplementation: send as unknown as typeof fetch,
      middleware: renewSession({
        auth: auth as LocalAuthApi,
        backendUrl: 'http://portal:7007',
      }),
    });
  }

  it('sends a refused request again with its body, after renewing the session', async () => {
    send
      .mockResolvedValueOnce(new Response('', { status: 401 }))
      .mockImplementationOnce(
        async request => new Response(await request.text()),
      );

    const response = await fetchApi().fetch(
      'http://portal:7007/api/platform/runs',
      {
        method: 'POST',
        body: 'what was asked',
      },
    );

    expect(refresh).toHaveBeenCalledTimes(1);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('what was asked');
  });

  it('tries once only', async () => {
    send.mockImplementation(async () => new Response('', { status: 401 }));

    const response = await fetchApi().fetch('http://portal:7007/api/x');

    expect(response.status).toBe(401);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['another host refused', 'http://elsewhere/api', 401],
    ['the answer is not about who is asking', 'http://portal:7007/api/x', 403],
  ])('leaves the answer alone when %s', async (_, url, status) => {
    send.mockImplementation(async () => new Response('', { status }));

    const response = await fetchApi().fetch(url);

    expect(response.status).toBe(status);
    expect(refresh).not.toHaveBeenCalled();
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('hands the refusal on when the session can not be renewed', async () => {
    send.mockImplementation(async () => new Response('', { status: 401 }));
    refresh.mockRejectedValue(new Error('No answer.'));

    const response = await fetchApi().fetch('http://portal:7007/api/x');

    expect(response.status).toBe(401);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
