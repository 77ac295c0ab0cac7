import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
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

describe('Adoption', () => {
  const legacy = `legacy_${randomUUID().slice(0, 8)}`;
  const asLegacy = { database: legacy, user: legacy, password: 'old' };
  const guest = `${legacy}_guest`;
  const asGuest = { database: legacy, user: guest, password: 'old' };
  let setup: ProviderSetup;

  beforeEach(async () => {
    setup = createPostgresSetup();
    await byHand.ask(`CREATE ROLE ${legacy} LOGIN PASSWORD 'old'`);
    await byHand.ask(`CREATE ROLE ${guest} LOGIN PASSWORD 'old'`);
    await byHand.ask(`CREATE DATABASE ${legacy} OWNER ${legacy}`);
    await byHand.ask(`CREATE DATABASE ${legacy}_other OWNER ${legacy}`);
    await byHand.ask(
      `CREATE SCHEMA "Shop 1";
       CREATE TYPE "Shop 1".state AS ENUM ('open', 'paid');
       CREATE TABLE "Shop 1".orders (id serial PRIMARY KEY, state "Shop 1".state);
       INSERT INTO "Shop 1".orders (state) VALUES ('open');
       CREATE VIEW "Shop 1".open AS SELECT id FROM "Shop 1".orders;
       CREATE FUNCTION "Shop 1".one() RETURNS int LANGUAGE sql AS 'SELECT 1';
       CREATE SEQUENCE numbers;
       CREATE DOMAIN positive AS int CHECK (VALUE > 0);
       GRANT USAGE ON SCHEMA "Shop 1" TO ${guest};
       GRANT SELECT ON "Shop 1".open TO ${guest}`,
      [],
      asLegacy,
    );
    await byHand.ask('CREATE TABLE by_admin AS SELECT 1 AS id', [], {
      database: legacy,
    });
  });

  afterEach(async () => {
    await setup.cleanUp();
    await byHand.dropAllOf(legacy);
  });

  const find = (existing: JsonObject) =>
    setup.provider.adoption!.find(existing, {
      signal: new AbortController().signal,
    });

  async function adopt(): Promise<TestedResource> {
    const { parameters } = await find({ database: legacy });
    const tested = TestedResource.create(setup, { parameters });
    await tested.adopt({ database: legacy });
    return tested;
  }

  it('gives everything in it to the new owner, and nothing outside', async () => {
    const tested = await adopt();
    const { owner } = namesOf(tested.resource);
    await byHand.ask(
      `ALTER TABLE "Shop 1".orders ADD COLUMN total int;
       ALTER TYPE "Shop 1".state ADD VALUE 'sent';
       ALTER FUNCTION "Shop 1".one() STABLE;
       ALTER DOMAIN positive SET DEFAULT 1;
       ALTER TABLE by_admin ADD COLUMN text text;
       DROP VIEW "Shop 1".open; DROP SEQUENCE numbers`,
      [],
      loginOf(tested.resource),
    );
    await expect(
      byHand.ask(
        'SELECT id FROM "Shop 1".orders',
        [],
        readerOf(tested.resource),
      ),
    ).resolves.toEqual([{ id: 1 }]);
    await expect(
      byHand.ask(
        'SELECT datname, pg_get_userbyid(datdba) AS owner FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname',
        [legacy],
      ),
    ).resolves.toEqual([
      { datname: legacy, owner },
      { datname: `${legacy}_other`, owner: legacy },
    ]);
  });

  it('lets those who used it go on until the first rotation', async () => {
    const tested = await adopt();
    await byHand.ask('CREATE TABLE made_later ()', [], asLegacy);
    await expect(
      byHand.ask('SELECT id FROM "Shop 1".open', [], asGuest),
    ).resolves.toEqual([{ id: 1 }]);
    await expect(byHand.ask('TABLE by_admin', [], asGuest)).rejects.toThrow(
      'permission denied',
    );
    await expect(tested.plan()).resolves.toMatchObject({ action: 'none' });

    await tested.issue();
    await tested.revoke();
    for (const login of [asLegacy, asGuest]) {
      await expect(byHand.ask('SELECT 1', [], login)).rejects.toThrow(
        'permission denied for database',
      );
    }
    await expect(
      byHand.ask('SELECT 1', [], { ...asLegacy, database: `${legacy}_other` }),
    ).resolves.toHaveLength(1);
  });

  it('describes limits as they are', async () => {
    await byHand.ask(`ALTER DATABASE ${legacy} SET statement_timeout = '45s'`);
    await byHand.ask(`ALTER DATABASE ${legacy} CONNECTION LIMIT 12`);
    await expect(find({ database: legacy })).resolves.toEqual({
      what: `the database ${legacy} on the server "default", which belongs to ${legacy}`,
      parameters: {
        size: 'unlimited',
        connections: 12,
        statementTimeoutMs: 45_000,
        extensions: [],
        server: 'default',
      },
    });
  });

  it('keeps its name, and gives it back when it is restored', async () => {
    const tested = await adopt();
    expect(tested.outputs.name).toBe(legacy);
    await tested.suspend();
    await byHand.ask(`CREATE DATABASE ${legacy} OWNER ${legacy}`);
    await expect(tested.restore()).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining('somebody made another one'),
    });
    await byHand.ask(`DROP DATABASE ${legacy}`);
    await tested.restore();
    await expect(
      byHand.ask(
        'SELECT id FROM "Shop 1".orders',
        [],
        loginOf(tested.resource),
      ),
    ).resolves.toEqual([{ id: 1 }]);
  });

  it('refuses what the server needs, what lets nobody in, and what it has already', async () => {
    await expect(find({ database: 'template1' })).rejects.toThrow(
      'needed by the server "default" itself',
    );
    await expect(find({ database: 'postgres' })).rejects.toThrow(
      'needed by the server',
    );
    await byHand.ask('CREATE EXTENSION hstore', [], { database: legacy });
    await expect(find({ database: legacy })).rejects.toThrow(
      `doesn't offer: hstore`,
    );
    await byHand.ask('DROP EXTENSION hstore', [], { database: legacy });
    await byHand.ask(`ALTER DATABASE ${legacy} ALLOW_CONNECTIONS false`);
    await expect(find({ database: legacy })).rejects.toThrow('lets nobody in');
    await byHand.ask(`ALTER DATABASE ${legacy} ALLOW_CONNECTIONS true`);
    const { resource } = await adopt();
    await expect(find({ database: legacy })).rejects.toThrow(
      `belongs to a resource already (${resource.id})`,
    );
    const other = TestedResource.create(setup);
    await expect(other.adopt({ database: legacy })).rejects.toThrow(
      'belongs to another resource',
    );
  });
});
