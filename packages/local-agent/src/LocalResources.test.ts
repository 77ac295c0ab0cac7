import path from 'node:path';
import type { JsonObject } from '@backstage/types';
import {
  type Agent,
  createDnsProvider,
  createHttpEndpointProvider,
  createRouteProvider,
  RouterAddress,
} from '@slipway/plugin-platform-backend-module-local-resources';
import type {
  ProvidedResource,
  ProviderContext,
  ReleaseSpec,
  ResourceProvider,
} from '@slipway/plugin-platform-node';
import {
  type ProviderSetup,
  resourceProviderContract,
} from '@slipway/plugin-platform-node/testUtils';
import {
  createEndpointSetup,
  newHost,
} from './__testUtils__/createEndpointSetup';
import {
  bundleAgent,
  createClient,
  createContext,
  createRelease,
  createTestDirectory,
  HOST,
  packService,
  REF,
  removeTestDirectory,
  startAgent,
  type TestAgent,
} from './__testUtils__/createTestAgent';
import { createVolumeSetup } from './__testUtils__/createVolumeSetup';
import { request } from './__testUtils__/request';

jest.setTimeout(60_000);

const directory = createTestDirectory();
const data = path.join(directory, 'data');
const stateDirectory = path.join(data, 'agent');
let bundle: string;
let artifact: ReleaseSpec['artifact'];
let agent: TestAgent;

beforeAll(async () => {
  bundle = bundleAgent(directory);
  artifact = packService(directory);
  agent = await startAgent(bundle, data);
});

afterAll(async () => {
  await agent?.end('SIGTERM');
  removeTestDirectory(directory);
});

const router = () =>
  new RouterAddress(`http://{workload}.localhost:${agent.routerPort}`);

async function deploy(overrides: Partial<ReleaseSpec> = {}): Promise<void> {
  const context = createContext();
  await agent.runtime.start(
    createRelease(artifact, 'v1', {}, overrides),
    context,
  );
  await agent.runtime.switchTraffic(REF, 'v1', context);
}

/** Runs a service with a volume, and lets it write. */
async function canUse(source: string): Promise<boolean> {
  try {
    await deploy({ volumes: [{ source, target: 'data', readOnly: false }] });
    const { status } = await request(agent.routerPort, HOST, {
      path: '/file',
      method: 'POST',
      headers: { 'x-file': 'data/tried.txt' },
      body: 'x',
    });
    return status === 200;
  } catch {
    return false;
  } finally {
    await agent.runtime.remove(REF, createContext());
  }
}

function endpointSetup(
  create: (agent: Agent, router: RouterAddress) => ResourceProvider,
  parameters: () => JsonObject,
  bad: ProviderSetup['bad'] = [],
): ProviderSetup {
  return createEndpointSetup({
    client: createClient(agent.controlPort),
    stateDirectory,
    create: client => create(client, router()),
    parameters,
    bad,
  });
}

resourceProviderContract(
  'local-volume',
  () =>
    createVolumeSetup({
      client: createClient(agent.controlPort),
      stateDirectory,
      canUse,
    }),
  { abilities: ['restore'] },
);

resourceProviderContract('local-http-endpoint', () =>
  endpointSetup(createHttpEndpointProvider, () => ({ service: 'orders' }), [
    ['a path that is none', { service: 'orders', path: 'x' }, '* stands for'],
    ['a service that is none', { service: 'Orders' }, 'name of a service'],
  ]),
);

resourceProviderContract('local-dns', () =>
  endpointSetup(createDnsProvider, () => ({})),
);

resourceProviderContract('local-route', () =>
  endpointSetup(createRouteProvider, () => ({
    host: `${newHost()}.localhost`,
    service: 'orders',
    path: '/bills/[^/]+',
    port: 'web',
  })),
);

describe('the addresses of this machine', () => {
  const context: ProviderContext = {
    idempotencyKey: 'key',
    signal: new AbortController().signal,
    log: () => undefined,
    password: async () => '',
    secret: async () => undefined,
  };

  function resourceOf(
    provider: ResourceProvider,
    parameters: object,
    more: Partial<ProvidedResource> = {},
  ): ProvidedResource {
    return {
      id: '3f9a1c00-0000-4000-8000-000000000000',
      name: 'orders.web',
      environment: 'dev',
      owner: 'group:default/payments',
      parameters: provider.parameters.parse(parameters),
      outputs: {},
      state: {},
      ...more,
    };
  }

  function providers() {
    const client = createClient(agent.controlPort);
    return {
      endpoint: createHttpEndpointProvider(client, router()),
      dns: createDnsProvider(client, router()),
      route: createRouteProvider(client, router()),
    };
  }

  const ask = (url: string) => {
    const { hostname, pathname } = new URL(url);
    return request(agent.routerPort, hostname, { path: pathname });
  };

  afterEach(() => agent.runtime.remove(REF, createContext()));

  it('answer at their outputs, as soon as they are there', async () => {
    await deploy();
    const { endpoint, dns, route } = providers();
    const service = 'orders';

    const made = resourceOf(endpoint, {}, { service });
    const { outputs } = await endpoint.apply(made, context);
    const port = String(agent.routerPort);
    expect(outputs).toEqual({
      host: 'orders-web-dev-3f9a1c.localhost',
      port,
      url: `http://orders-web-dev-3f9a1c.localhost:${port}`,
    });
    expect(await ask(outputs.url)).toMatchObject({ status: 200, body: 'v1' });

    // As Score's examples have it: a host name, and a route from it.
    const id = 'd0000000-0000-4000-8000-000000000000';
    const name = resourceOf(dns, { host: 'shop' }, { id, name: 'orders.dns' });
    const { outputs: named } = await dns.apply(name, context);
    expect(named).toEqual({
      host: 'shop.localhost',
      url: `http://shop.localhost:${port}`,
    });
    expect((await ask(named.url)).status).toBe(404);
    const way = resourceOf(
      route,
      { host: named.host, path: '/my/[^/]+/cards', port: 8080 },
      { id: 'e0000000-0000-4000-8000-000000000000', service },
    );
    const { outputs: led } = await route.apply(way, context);
    expect(led).toEqual({ url: `http://shop.localhost:${port}/my` });
    expect((await ask(`${led.url}/own/cards/7`)).status).toBe(200);
    expect((await ask(`${led.url}/own`)).status).toBe(404);
  });

  it.each([
    ['the address of a service', { host: 'billing-dev' }, 'service billing'],
    ['what another team has', { host: 'taken' }, 'belongs to search.web'],
  ])('are refused for %s', async (_what, parameters, message) => {
    const { endpoint, dns } = providers();
    const taken = resourceOf(
      dns,
      { host: 'taken' },
      {
        id: 'f0000000-0000-4000-8000-000000000000',
        name: 'search.web',
        owner: 'group:default/search',
      },
    );
    await dns.apply(taken, context);
    await expect(
      endpoint.apply(
        resourceOf(endpoint, { ...parameters, service: 'orders' }),
        context,
      ),
    ).rejects.toThrow(message);
  });

  it('are refused in the plan where there is no service', async () => {
    const { endpoint } = providers();
    await expect(
      endpoint.plan(resourceOf(endpoint, {}), undefined, context),
    ).rejects.toThrow('Name one in its parameter "service"');
  });
});
