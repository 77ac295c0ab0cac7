import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  type ResourceProvider,
  resourceProvidersExtensionPoint,
} from '@slipway/plugin-platform-node';
import { postgresModule } from './module';

async function startWith(platform: JsonObject): Promise<ResourceProvider> {
  const addResourceProvider = jest.fn<void, [ResourceProvider]>();
  const backend = await startTestBackend({
    extensionPoints: [
      [resourceProvidersExtensionPoint, { addResourceProvider }],
    ],
    features: [
      postgresModule,
      mockServices.rootConfig.factory({ data: { platform } }),
    ],
  });
  await backend.stop();
  return addResourceProvider.mock.calls[0][0];
}

const server = { host: 'localhost', port: '5432', user: 'x', password: 'y' };

describe('postgresModule', () => {
  it('adds a provider for the servers of the configuration', async () => {
    const provider = await startWith({
      postgres: {
        servers: [
          { ...server, name: 'default', extensions: ['pgcrypto'] },
          { ...server, name: 'big' },
        ],
      },
    });
    expect(provider).toMatchObject({ name: 'postgres', type: 'postgres' });
    const asked = { extensions: ['pgcrypto'] };
    expect(provider.parameters.parse(asked)).toEqual({
      size: 'small',
      extensions: ['pgcrypto'],
      server: 'default',
    });
    expect(() =>
      provider.parameters.parse({ ...asked, server: 'big' }),
    ).toThrow(/\\"big\\" doesn't offer the extension \\"pgcrypto\\"/);
  });

  it('says what is missing where no server is configured', async () => {
    const provider = await startWith({});
    expect(() => provider.parameters.parse({})).toThrow(
      'Describe one in platform.postgres.servers',
    );
  });

  it('refuses two servers of one name', async () => {
    const servers = [
      { ...server, name: 'default' },
      { ...server, name: 'default' },
    ];
    await expect(startWith({ postgres: { servers } })).rejects.toThrow(
      /two are called "default"/,
    );
  });
});
