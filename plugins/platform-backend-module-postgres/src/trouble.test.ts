import {
  connect as connectTo,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { once } from 'node:events';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import {
  type ProviderSetup,
  TestedResource,
} from '@slipway/plugin-platform-node/testUtils';
import { ByHand, testServerOptions } from './__testUtils__/ByHand';
import { createPostgresSetup } from './__testUtils__/createPostgresSetup';
import { createPostgresProvider } from './createPostgresProvider';
import { namesOf } from './database/DatabaseNames';
import { PostgresServer } from './server/PostgresServer';

// Databases take as long as the disk takes, and this one is shared.
jest.setTimeout(60_000);

const byHand = new ByHand();

/** The way to the server, which can be cut. */
class Way {
  readonly #sockets = new Set<Socket>();
  #server?: Server;
  port = 0;

  async open(): Promise<void> {
    const { host, port } = testServerOptions();
    this.#server = createServer(near => {
      const far = connectTo(port, host);
      [near, far].forEach(socket => {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => this.#sockets.delete(socket));
      });
      near.pipe(far).pipe(near);
    });
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    this.#server?.close();
    this.#sockets.forEach(socket => socket.destroy());
    await once(this.#server!, 'close');
  }
}

describe('A server that is in trouble', () => {
  let setup: ProviderSetup;
  let tested: TestedResource;
  let way: Way;
  const servers: PostgresServer[] = [];

  beforeEach(async () => {
    setup = createPostgresSetup();
    tested = TestedResource.create(setup);
    way = new Way();
    await way.open();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(server => server.close()));
    await way.cut();
    await setup.cleanUp();
  });

  function providerOver(port: number, patienceMs: number, password?: string) {
    const { password: right, ...options } = testServerOptions({
      host: '127.0.0.1',
      port,
    });
    const server = new PostgresServer(
      { ...options, password: password ?? right },
      patienceMs,
    );
    servers.push(server);
    return createPostgresProvider([server]);
  }

  it('is waited for, and what was begun is completed', async () => {
    const provider = providerOver(way.port, 20_000);
    await tested.apply({ provider });
    await way.cut();
    const begun = tested.apply({ provider });
    await until(() =>
      tested.said.some(text => text.includes('waiting for it for 20 s')),
    );
    await way.open();
    await begun;
    await expect(tested.plan()).resolves.toMatchObject({ action: 'none' });
  });

  it('ends the act with a plain error when it stays away', async () => {
    await way.cut();
    const provider = providerOver(way.port, 100);
    await expect(tested.apply({ provider })).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining(
        `The PostgreSQL server "default" (127.0.0.1:${way.port}) can't be reached`,
      ),
    });
    await expect(
      provider.observe(tested.resource, {
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow("can't be reached");
    await way.open();
  });

  it('is not asked again with a password that it refuses', async () => {
    const provider = providerOver(way.port, 20_000, 'wrong');
    const failure = await tested.apply({ provider }).catch(error => error);
    expect(failure).toBeInstanceOf(OperationFailedError);
    expect(failure.message).toContain("doesn't let the platform in");
    expect(failure.hint).toContain('platform.postgres.servers');
  });

  it('does not keep an act that is cancelled while it waits', async () => {
    await way.cut();
    const controller = new AbortController();
    const provider = providerOver(way.port, 20_000);
    const begun = tested.apply({ provider, signal: controller.signal });
    await until(() => tested.said.length > 0);
    controller.abort();
    await expect(begun).rejects.toThrow(/abort/);
    await way.open();
  });

  it('makes one database of one resource when two ask at once', async () => {
    const key = tested.newKey();
    const other = providerOver(way.port, 20_000);
    const { resource } = tested;
    await Promise.all([
      tested.apply({ key }, resource),
      tested.apply({ key, provider: other }, resource),
    ]);
    await expect(setup.count(resource)).resolves.toBe(1);
    await expect(setup.isUsable?.(tested.resource)).resolves.toBe(true);
  });

  it('makes many at once', async () => {
    const many = Array.from({ length: 20 }, () => TestedResource.create(setup));
    await Promise.all(many.map(each => each.apply()));
    const plans = await Promise.all(many.map(each => each.plan()));
    expect(new Set(plans.map(({ action }) => action))).toEqual(
      new Set(['none']),
    );
  });

  it('left a database half dropped, which is made anew', async () => {
    await tested.apply();
    const { database } = namesOf(tested.resource);
    await byHand.ask(
      'UPDATE pg_database SET datconnlimit = -2 WHERE datname = $1',
      [database],
    );
    await expect(tested.observe()).resolves.toMatchObject({ exists: false });
    await tested.apply();
    await expect(tested.plan()).resolves.toMatchObject({ action: 'none' });
  });

  it('has roles that are used elsewhere, and says so', async () => {
    await tested.apply();
    const { reader } = namesOf(tested.resource);
    await byHand.ask(`GRANT CONNECT ON DATABASE postgres TO "${reader}"`);
    await expect(tested.destroy()).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining('database postgres'),
    });
    await byHand.ask(`REVOKE CONNECT ON DATABASE postgres FROM "${reader}"`);
    await tested.destroy();
    await expect(setup.count(tested.resource)).resolves.toBe(0);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
