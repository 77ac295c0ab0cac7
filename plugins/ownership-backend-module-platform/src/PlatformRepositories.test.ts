import { mockServices } from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import type { PlatformApi } from '@slipway/plugin-platform-common';
import { PlatformRepositories } from './PlatformRepositories';

type Api = Pick<PlatformApi, 'getRepository' | 'getFile' | 'listCommits'>;

async function refuse(status: number, name: string): Promise<never> {
  throw await ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message: name },
        response: { statusCode: status },
      }),
      {
        status,
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}

const missing = () => refuse(404, 'NotFoundError');

function reader(files: Record<string, string>, more: Partial<Api> = {}) {
  const head = { sha: 'a'.repeat(40) };
  const platform = {
    getRepository: async () => ({ head }),
    listCommits: async () => [
      { authorEmail: 'mara@example.com' },
      { authorEmail: 'idris@example.com' },
    ],
    getFile: async (_repository: string, _sha: string, path: string) =>
      files[path] === undefined ? missing() : { text: files[path] },
    ...more,
  } as unknown as Api;
  return new PlatformRepositories({
    platform,
    auth: mockServices.auth({ pluginId: 'ownership' }),
  });
}

describe('PlatformRepositories', () => {
  it('reads CODEOWNERS where forges look for it, and who worked on it lately', async () => {
    const authors = ['mara@example.com', 'idris@example.com'];
    expect(
      await reader({ 'docs/CODEOWNERS': '* @growth\n' }).read('orders'),
    ).toEqual({ codeowners: '* @growth\n', authors });
    expect(await reader({}).read('orders')).toEqual({ authors });
  });

  it('knows nothing of a repository that is not there, and says where it cannot know', async () => {
    const gone = reader({}, { getRepository: missing });
    expect(await gone.read('gone')).toBeUndefined();
    const away = reader({}, { listCommits: () => refuse(503, 'Away') });
    await expect(away.read('orders')).rejects.toThrow('503');
  });
});
