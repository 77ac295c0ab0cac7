import {
  type ProviderSetup,
  TestedResource,
} from '@slipway/plugin-platform-node/testUtils';
import { ByHand } from './__testUtils__/ByHand';
import {
  createPostgresSetup,
  loginOf,
  readerOf,
} from './__testUtils__/createPostgresSetup';
import { namesOf } from './database/DatabaseNames';

// Databases take as long as the disk takes, and this one is shared.
jest.setTimeout(60_000);

const byHand = new ByHand();

describe('A database of the provider', () => {
  let setup: ProviderSetup;
  let tested: TestedResource;

  beforeEach(async () => {
    setup = createPostgresSetup();
    tested = TestedResource.create(setup);
    await tested.apply();
  });
  afterEach(() => setup.cleanUp());

  const asOwner = (text: string) =>
    byHand.ask(text, [], loginOf(tested.resource));
  const asReader = (text: string) =>
    byHand.ask(text, [], readerOf(tested.resource));

  it('belongs to one role, whichever credential is in use', async () => {
    await asOwner('CREATE SCHEMA app; CREATE TABLE app.orders (id int)');
    await tested.issue();
    await tested.revoke();
    await asOwner('ALTER TABLE app.orders ADD COLUMN total int');
    const owners = await asOwner(
      `SELECT DISTINCT tableowner AS owner FROM pg_tables WHERE schemaname = 'app'`,
    );
    expect(owners).toEqual([{ owner: namesOf(tested.resource).owner }]);
  });

  it('lets the reader read what is there and what comes, and write nothing', async () => {
    await asOwner(
      'CREATE SCHEMA app; CREATE TABLE app.orders AS SELECT 1 AS id',
    );
    await expect(asReader('SELECT id FROM app.orders')).resolves.toEqual([
      { id: 1 },
    ]);
    for (const text of [
      'INSERT INTO app.orders VALUES (2)',
      'CREATE TABLE mine ()',
      'CREATE TEMPORARY TABLE mine ()',
      'DROP TABLE app.orders',
    ]) {
      await expect(asReader(text)).rejects.toThrow(/permission denied|owner/);
    }
  });

  it('finds and mends a table that the reader may not read', async () => {
    await asOwner('CREATE TABLE orders (id int)');
    const { reader } = namesOf(tested.resource);
    await asOwner(`REVOKE SELECT ON orders FROM "${reader}"`);
    const plan = await tested.plan();
    expect(plan.fields).toEqual([
      { field: 'readOnlyAccess', from: false, to: true },
    ]);
    await tested.apply();
    await expect(asReader('SELECT FROM orders')).resolves.toEqual([]);
  });

  it('lets nobody in who belongs to another one', async () => {
    const other = TestedResource.create(setup);
    await other.apply();
    const { database } = namesOf(tested.resource);
    for (const login of [loginOf(other.resource), readerOf(other.resource)]) {
      await expect(
        byHand.ask('SELECT 1', [], { ...login, database }),
      ).rejects.toThrow('permission denied for database');
    }
  });

  it('finds and takes back access that was given to everybody', async () => {
    const { database } = namesOf(tested.resource);
    await byHand.ask(`GRANT CONNECT ON DATABASE "${database}" TO PUBLIC`);
    const { fields } = await tested.plan();
    expect(fields).toEqual([{ field: 'publicAccess', from: true, to: false }]);
    await tested.apply();
    await expect(tested.plan()).resolves.toMatchObject({ action: 'none' });
  });

  it('finds and mends an owner that was changed, and a login that was locked', async () => {
    const { database, logins } = namesOf(tested.resource);
    await byHand.ask(`ALTER DATABASE "${database}" OWNER TO postgres`);
    await byHand.ask(`ALTER ROLE "${logins.a}" NOLOGIN`);
    const { fields } = await tested.plan();
    expect(fields.map(({ field }) => field)).toEqual(['owner', 'letsIn']);
    expect(
      setup.provider.acceptDrift?.(tested.resource, await tested.observe()),
    ).toBeUndefined();
    await tested.apply();
    await expect(setup.isUsable?.(tested.resource)).resolves.toBe(true);
  });

  it('holds its limits, however it is entered', async () => {
    tested.ask({ size: 'small', statementTimeoutMs: 50, extensions: [] });
    await tested.apply();
    await expect(asReader('SELECT pg_sleep(10)')).rejects.toThrow(
      'statement timeout',
    );
    const [limits] = await asOwner(
      `SELECT current_setting('work_mem') AS memory, current_setting('idle_in_transaction_session_timeout') AS idle`,
    );
    expect(limits).toEqual({ memory: '4MB', idle: '1min' });
  });

  it('takes no more connections than it has', async () => {
    tested.ask({ size: 'small', connections: 1, extensions: [] });
    await tested.apply();
    const query = asOwner('SELECT pg_sleep(1), 42 AS answer');
    await untilBusy(tested.outputs.username);
    await expect(asReader('SELECT 1')).rejects.toThrow('too many connections');
    await expect(query).resolves.toMatchObject([{ answer: 42 }]);
  });

  it('lets nobody in by any name while it is suspended', async () => {
    await tested.suspend();
    const { deleted: database } = namesOf(tested.resource);
    await expect(
      byHand.ask('SELECT 1', [], { ...loginOf(tested.resource), database }),
    ).rejects.toThrow('not permitted to log in');
    await expect(byHand.ask('SELECT 1', [], { database })).rejects.toThrow(
      'not currently accepting connections',
    );
  });

  it('lets what is under way end when its credential is revoked', async () => {
    const old = loginOf(tested.resource);
    const query = byHand.ask('SELECT pg_sleep(1), 42 AS answer', [], old);
    await untilBusy(String(old.user));
    await tested.issue();
    await tested.revoke();
    await expect(query).resolves.toMatchObject([{ answer: 42 }]);
    await expect(byHand.ask('SELECT 1', [], old)).rejects.toThrow(/password/);
  });

  it('keeps an extension that is in use', async () => {
    await asOwner('CREATE TABLE people (name citext)');
    tested.ask({ extensions: [] });
    await expect(tested.apply()).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining('cannot drop extension citext'),
    });
    await asOwner('DROP TABLE people');
    await tested.apply();
    await expect(tested.plan()).resolves.toMatchObject({ action: 'none' });
  });
});

async function untilBusy(user: string): Promise<void> {
  let busy = false;
  while (!busy) {
    [{ busy }] = await byHand.ask<{ busy: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = $1 AND state = 'active') AS busy`,
      [user],
    );
  }
}
