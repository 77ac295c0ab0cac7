import { ResponseError } from '@backstage/errors';

/** What the client throws where the platform answers with an error. */
export async function refusal(
  statusCode: number,
  message: string,
): Promise<ResponseError> {
  const body = JSON.stringify({
    error: { name: 'Error', message },
    response: { statusCode },
  });
  return ResponseError.fromResponse({
    ok: false,
    status: statusCode,
    statusText: 'refused',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => body,
    redirected: false,
    url: 'http://localhost/api/platform',
    type: 'basic',
    body: null,
    bodyUsed: false,
    clone: () => {
      throw new Error('is not expected');
    },
  } as unknown as Response);
}
