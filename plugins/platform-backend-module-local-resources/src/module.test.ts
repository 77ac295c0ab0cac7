import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type ResourceProvider,
  resourceProvidersExtensionPoint,
} from '@slipway/plugin-platform-node';
import { RouterAddress } from './endpoints/RouterAddress';
import { localResourcesModule } from './module';

describe('localResourcesModule', () => {
  it('registers a provider for each type', async () => {
    const addResourceProvider = jest.fn<void, [ResourceProvider]>();
    const backend = await startTestBackend({
      extensionPoints: [
        [resourceProvidersExtensionPoint, { addResourceProvider }],
      ],
      features: [
        localResourcesModule,
        mockServices.rootConfig.factory({
          data: {
            platform: {
              localRuntime: {
                agentUrl: 'http://127.0.0.1:7081',
                agentToken: 'secret',
                routerUrl: 'http://{workload}.localhost:7080',
              },
            },
          },
        }),
      ],
    });
    await backend.stop();

    expect(
      addResourceProvider.mock.calls.map(([{ name, type }]) => [name, type]),
    ).toEqual([
      ['local-volume', 'volume'],
      ['local-http-endpoint', 'http-endpoint'],
      ['local-dns', 'dns'],
      ['local-route', 'route'],
    ]);
  });

  it.each([
    ['http://{workload}.localhost', '/', 'http://shop.localhost', '80'],
    [
      'https://{workload}.example.com/',
      '/a',
      'https://shop.example.com/a',
      '443',
    ],
    [
      'http://{workload}.localhost:7080',
      '/*/a',
      'http://shop.localhost:7080',
      '7080',
    ],
    [
      'http://{workload}.localhost:7080',
      '/a/',
      'http://shop.localhost:7080/a',
      '7080',
    ],
  ])('knows the address at %s%s', (pattern, path, url, port) => {
    expect(new RouterAddress(pattern).of('shop', path)).toMatchObject({
      url,
      port,
    });
  });

  it('refuses an address that has no place for the host', () => {
    expect(() => new RouterAddress('http://localhost:7080')).toThrow(
      'which has no {workload} in it',
    );
  });
});
