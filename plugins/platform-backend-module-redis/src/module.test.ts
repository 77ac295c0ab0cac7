import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  type ResourceProvider,
  resourceProvidersExtensionPoint,
} from '@slipway/plugin-platform-node';
import { createResource } from './__testUtils__/testResource';
import { redisModule } from './module';

async function start(redis?: JsonObject): Promise<ResourceProvider> {
  const addResourceProvider = jest.fn<void, [ResourceProvider]>();
  const backend = await startTestBackend({
    extensionPoints: [
      [resourceProvidersExtensionPoint, { addResourceProvider }],
    ],
    features: [
      redisModule,
      mockServices.rootConfig.factory({ data: { platform: { redis } } }),
    ],
  });
  await backend.stop();
  return addResourceProvider.mock.calls[0][0];
}

const quiet = { signal: new AbortController().signal };

describe('redisModule', () => {
  it('offers the type where no server is configured', async () => {
    const provider = await start();
    expect(provider).toMatchObject({ name: 'redis', type: 'redis' });
    await expect(
      provider.plan(
        createResource({ parameters: provider.parameters.parse({}) }),
        undefined,
        quiet,
      ),
    ).rejects.toMatchObject({ name: 'OperationFailedError' });
  });

  it('takes the first server where nobody says which', async () => {
    const provider = await start({
      servers: [
        { name: 'shared', url: 'redis://:secret@cache.example.com' },
        { name: 'large', url: 'rediss://a:b@large.example.com:6380/2' },
      ],
    });
    expect(provider.parameters.parse({})).toEqual({
      server: 'shared',
      commands: 'read-write',
    });
  });

  it.each([
    [
      'a name',
      { name: 'Shared', url: 'redis://cache' },
      'servers[0].name is "Shared"',
    ],
    ['a URL', { name: 'a', url: 'cache:6379' }, 'must look like redis://'],
    [
      'a protocol',
      { name: 'a', url: 'http://u:pass@cache' },
      'servers[0].url is not',
    ],
    [
      'an address',
      { name: 'a', url: 'redis://cache', address: 'cache' },
      'must be <host>:<port>',
    ],
  ])('refuses %s that makes no sense', async (_what, server, message) => {
    await expect(start({ servers: [server] })).rejects.toThrow(message);
  });

  it('refuses two servers of one name', async () => {
    const server = { name: 'shared', url: 'redis://cache' };
    await expect(start({ servers: [server, server] })).rejects.toThrow(
      'two servers named "shared"',
    );
  });
});
