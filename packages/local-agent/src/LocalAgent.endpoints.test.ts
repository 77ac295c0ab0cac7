import type {
  AgentClient,
  EndpointRequest,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type { ReleaseSpec, WorkloadRef } from '@slipway/plugin-platform-node';
import http from 'node:http';
import type { Socket } from 'node:net';
import path from 'node:path';
import {
  bundleAgent,
  createClient,
  createContext,
  createRelease,
  createTestDirectory,
  packService,
  REF,
  removeTestDirectory,
  startAgent,
  type TestAgent,
} from './__testUtils__/createTestAgent';
import { request } from './__testUtils__/request';

jest.setTimeout(60_000);

const BILLING: WorkloadRef = { service: 'billing', environment: 'dev' };

describe('endpoints', () => {
  const directory = createTestDirectory();
  let bundle: string;
  let artifact: ReleaseSpec['artifact'];
  let agent: TestAgent;
  let client: AgentClient;
  let cases = 0;

  beforeAll(() => {
    bundle = bundleAgent(directory);
    artifact = packService(directory);
  });

  beforeEach(async () => {
    cases += 1;
    await start();
  });

  afterEach(() => agent.end('SIGTERM'));

  afterAll(() => removeTestDirectory(directory));

  async function start(): Promise<void> {
    agent = await startAgent(bundle, path.join(directory, `data-${cases}`));
    client = createClient(agent.controlPort);
  }

  function put(
    id: string,
    endpoint: Partial<EndpointRequest> & { host: string },
  ): Promise<void> {
    const body: EndpointRequest = {
      name: id,
      path: '/',
      environment: 'dev',
      owner: 'group:default/payments',
      ...endpoint,
    };
    return client.send(`/endpoints/${id}`, { method: 'PUT', body });
  }

  async function deploy(instanceId: string, ref = REF): Promise<void> {
    const context = createContext();
    const release = createRelease(artifact, instanceId, {}, { ref });
    await agent.runtime.start(release, context);
    await agent.runtime.switchTraffic(ref, instanceId, context);
    await agent.runtime.retire(ref, instanceId, context);
  }

  async function ask(host: string, pathname = '/'): Promise<string> {
    const { status, body } = await request(
      agent.routerPort,
      `${host}.localhost`,
      { path: pathname },
    );
    return status === 200 ? body : `${status}: ${body}`;
  }

  it('lead to the release that serves, from one to the next, also after the agent was killed', async () => {
    await put('one', { host: 'shop', service: 'orders' });
    expect(await ask('shop')).toContain('Nothing of orders-dev has been');
    await deploy('v1');
    expect(await ask('shop')).toBe('v1');
    await deploy('v2');
    expect(await ask('shop')).toBe('v2');
    expect(await ask('orders-dev')).toBe('v2');

    await agent.end('SIGKILL');
    await start();

    expect(await ask('shop')).toBe('v2');
    await put('one', { host: 'store', service: 'orders' });
    await put('one', { host: 'store', service: 'orders' });
    expect(await ask('store')).toBe('v2');
    expect(await ask('shop')).toContain('404: No service answers at');
    await client.send('/endpoints/one', { method: 'DELETE' });
    await client.send('/endpoints/one', { method: 'DELETE' });
    expect(await ask('store')).toContain('404: No service answers at');
    await expect(client.json('/endpoints/one')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('lead by the longest path that fits, segment by segment', async () => {
    await deploy('orders');
    await deploy('billing', BILLING);
    await put('name', { host: 'shop' });
    expect(await ask('shop')).toContain(
      '404: No route of shop.localhost leads to a service from /.',
    );
    await put('all', { host: 'shop', service: 'orders' });
    await put('bills', { host: 'shop', path: '/bills/', service: 'billing' });
    await put('each', { host: 'shop', path: '/*/bills', service: 'billing' });
    await put('own', { host: 'shop', path: '/my/bills', service: 'orders' });

    expect(await ask('shop', '/')).toBe('orders');
    expect(await ask('shop', '/bills')).toBe('billing');
    expect(await ask('shop', '/bills/7?x=/')).toBe('billing');
    expect(await ask('shop', '/billsofothers')).toBe('orders');
    expect(await ask('shop', '/noor/bills/7')).toBe('billing');
    expect(await ask('shop', '/my/bills')).toBe('orders');
    expect(await ask('shop', '/x/../bills')).toBe('billing');
  });

  it('carry upgraded connections, too', async () => {
    await deploy('v1');
    await put('one', { host: 'shop', service: 'orders' });
    const upgraded = await new Promise<Socket>((resolve, reject) => {
      http
        .request({
          host: '127.0.0.1',
          port: agent.routerPort,
          headers: {
            host: 'shop.localhost',
            connection: 'upgrade',
            upgrade: 'websocket',
          },
        })
        .on('upgrade', (_response, socket: Socket) => resolve(socket))
        .on('error', reject)
        .end();
    });
    const echoed = new Promise<string>(resolve => {
      upgraded.once('data', chunk => resolve(String(chunk)));
    });
    upgraded.write('hello');
    expect(await echoed).toBe('hello');
    upgraded.destroy();
  });

  it('are refused where the address is somebody else’s', async () => {
    await deploy('v1');
    await put('one', { host: 'shop', service: 'orders' });
    await expect(
      put('two', { host: 'orders-dev', service: 'billing' }),
    ).rejects.toThrow('orders-dev.localhost is the address of the service');
    await expect(
      put('two', { host: 'shop', service: 'billing' }),
    ).rejects.toThrow('one routes shop.localhost/ to orders already');
    const away = { host: 'shop', path: '/away', service: 'orders' };
    await expect(
      put('two', { ...away, owner: 'group:default/search' }),
    ).rejects.toThrow(
      'shop.localhost belongs to one of group:default/payments',
    );
    await expect(
      put('two', { ...away, environment: 'staging' }),
    ).rejects.toThrow('in dev.');
    await put('two', away);

    // The other way round: a service whose address was given away.
    await put('three', { host: 'billing-dev', service: 'orders' });
    await expect(deploy('v1', BILLING)).rejects.toThrow(
      'The address billing-dev.localhost belongs to three',
    );
    await client.send('/endpoints/three', { method: 'DELETE' });
    await deploy('billing', BILLING);
    expect(await ask('billing-dev')).toBe('billing');
  });

  it('are refused where they are not as they should be', async () => {
    await expect(put('one', { host: 'Shop' })).rejects.toThrow('at host');
    await expect(put('one', { host: 'shop', path: 'x' })).rejects.toThrow(
      'at path',
    );
    await expect(put('..', { host: 'shop' })).rejects.toThrow();
    await expect(
      client.send('/volumes/one', {
        method: 'PUT',
        body: { name: 'one', quotaBytes: 1.5 },
      }),
    ).rejects.toThrow('use a whole number of bytes above 0');
  });
});
