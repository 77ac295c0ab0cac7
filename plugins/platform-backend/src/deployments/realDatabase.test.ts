import { TestDatabases } from '@backstage/backend-test-utils';
import postgresModule from '@slipway/plugin-platform-backend-module-postgres';
import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import { Pool } from 'pg';
import { until } from '../__testUtils__/until';
import {
  type StartedDeployments,
  startDeployments,
} from './__testUtils__/startDeployments';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const RESOURCES = `
resources:
  db: { type: postgres }
`;

/** An instance of a service at work: it writes a row as often as it can, with the credentials it was given when it was started. */
class Instance {
  readonly failures: string[] = [];
  written = 0;
  readonly #pool: Pool;
  readonly #work: Promise<void>;
  #stopped: Promise<void> | undefined;

  constructor({ variables }: ReleaseSpec) {
    this.#pool = new Pool({
      connectionString: variables.URL,
      max: 1,
      // Each row on a new connection: what is revoked is noticed at once.
      maxUses: 1,
    });
    this.#pool.on('error', error => this.failures.push(String(error)));
    this.#work = this.#write();
  }

  /** Finishes what is under way. */
  stop(): Promise<void> {
    this.#stopped ??= this.#work.then(() => this.#pool.end());
    return this.#stopped;
  }

  async #write(): Promise<void> {
    try {
      await this.#pool.query('CREATE TABLE IF NOT EXISTS notes (text text)');
      while (!this.#stopped) {
        await this.#pool.query(`INSERT INTO notes VALUES ('hello')`);
        this.written += 1;
      }
    } catch (error) {
      this.failures.push(String(error));
    }
  }
}

describe('a service with a database on a real server', () => {
  let platform: StartedDeployments;
  const instances = new Map<string, Instance>();

  beforeAll(async () => {
    const server = new URL(process.env[VARIABLE]!);
    platform = await startDeployments(databases, {
      features: [postgresModule],
      definitions: [
        `apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: postgres }
spec:
  match: { type: postgres }
  provider: postgres
  parameters: { size: small }
`,
      ],
      platform: {
        postgres: {
          servers: [
            {
              name: 'default',
              host: server.hostname,
              port: Number(server.port),
              user: server.username,
              password: server.password,
            },
          ],
        },
      },
      variables: '      URL: ${resources.db.url}',
    });
    const { runtime } = platform.providers;
    const { start } = runtime;
    runtime.start = async (spec, context) => {
      await start(spec, context);
      const instance = instances.get(spec.instanceId) ?? new Instance(spec);
      instances.set(spec.instanceId, instance);
      await until(() => instance.written > 0 || instance.failures.length > 0);
    };
    runtime.retire = async (_ref, kept) => {
      const old = [...instances].filter(([id]) => id !== kept);
      await Promise.all(old.map(([, instance]) => instance.stop()));
    };
  });

  afterAll(async () => {
    await Promise.all([...instances.values()].map(each => each.stop()));
    for (const { id } of await platform.resources('state=ready')) {
      const input = { resourceId: id };
      for (const [kind, more] of [
        ['destroy-resource', { withConnected: true }],
        ['purge-resource', {}],
      ] as const) {
        const run = await platform.start(kind, { ...input, ...more });
        await platform.ends(run.id);
      }
    }
    await platform.stop();
  });

  it('is given credentials that work', async () => {
    const run = await platform.deployed(RESOURCES);
    expect(run.failure).toBeUndefined();
    const [instance] = instances.values();
    await until(() => instance.written > 10 || instance.failures.length > 0);
    expect(instance.failures).toEqual([]);
  });

  it('writes on while they are rotated twice', async () => {
    const [{ id }] = await platform.resources();
    for (const _ of [1, 2]) {
      const { id: runId } = await platform.start('rotate-resource', {
        resourceId: id,
      });
      expect((await platform.ends(runId)).failure).toBeUndefined();
    }
    const all = [...instances.values()];
    expect(all).toHaveLength(3);
    const newest = all[2];
    const { written } = newest;
    await until(() => newest.written > written || newest.failures.length > 0);
    expect(all.flatMap(({ failures }) => failures)).toEqual([]);
  });
});
