import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { FakePlatform } from './__testUtils__/FakePlatform';
import { ScaffolderProcess } from './__testUtils__/ScaffolderProcess';
import { until } from './__testUtils__/until';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** What the portal is shipped with. */
const { scaffolder: config } = parse(
  readFileSync(path.join(__dirname, '../../../app-config.yaml'), 'utf8'),
);

describe('template tasks that wait for runs', () => {
  let knex: Knex;
  let platform: FakePlatform;
  let directory: string;
  const processes: ScaffolderProcess[] = [];

  beforeEach(async () => {
    knex = await databases.init('POSTGRES_18');
    platform = new FakePlatform();
    await platform.start();
    directory = await mkdtemp(path.join(tmpdir(), 'scaffolder-'));
  });

  afterEach(async () => {
    await Promise.all(processes.splice(0).map(process => process.kill()));
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function start(): Promise<ScaffolderProcess> {
    const { host, port, user, password, database } =
      knex.client.config.connection;
    const scaffolder = await ScaffolderProcess.start({
      connection: { host, port, user, password, database },
      platformUrl: platform.url,
      directory,
      config,
    });
    processes.push(scaffolder);
    return scaffolder;
  }

  async function reach(id: string, status: string): Promise<void> {
    await until(
      async () =>
        (await knex('tasks').where({ id }).first('status')).status === status,
    );
  }

  async function change(id: string, to: Partial<Run>): Promise<void> {
    await platform.change(id, to);
    processes.forEach(scaffolder => scaffolder.signal(id));
  }

  async function endOf(id: string) {
    const { body } = await knex('task_events')
      .where({ task_id: id, event_type: 'completion' })
      .first('body');
    return JSON.parse(body);
  }

  it('never keep another from starting, however many wait', async () => {
    const scaffolder = await start();
    const tasks: string[] = [];
    for (let index = 0; index < 50; index += 1) {
      tasks.push(await scaffolder.submit(`service-${index}`));
    }
    await until(() => platform.runs.size === 50);

    platform.next = { state: 'succeeded', output: { url: 'http://next' } };
    await reach(await scaffolder.submit('next'), 'completed');
    const [{ count }] = await knex('tasks')
      .where({ status: 'processing' })
      .count();
    expect(Number(count)).toBe(50);

    for (const id of platform.runs.keys()) {
      await change(id, { state: 'succeeded', output: {} });
    }
    for (const id of tasks) {
      await reach(id, 'completed');
    }
    expect(platform.askedFor('POST /runs')).toHaveLength(51);
  });

  it('are taken up by the next backend when theirs is killed', async () => {
    const first = await start();
    const id = await first.submit('orders');
    await until(() => platform.askedFor('GET /runs').length > 0);
    await first.kill();
    const url = 'http://orders-prod.localhost';
    await change('run-1', { state: 'succeeded', output: { url } });
    await start();
    await reach(id, 'completed');
    expect((await endOf(id)).output.text[0].content).toBe(url);
    expect(platform.askedFor('POST /runs')).toHaveLength(1);
  });

  it('fail with their run, and retried go on with it', async () => {
    const scaffolder = await start();
    const id = await scaffolder.submit('orders');
    await until(() => platform.askedFor('GET /runs').length > 0);
    const failure = { message: 'It never became ready.' };
    await change('run-1', { state: 'failed', endedAt: 'once', failure });
    await reach(id, 'failed');
    const { message } = (await endOf(id)).error;
    expect(message).toContain('It never became ready.');
    expect(message).toContain('https://portal.example.com/runs/run-1');

    await scaffolder.retry(id);
    await until(() => platform.runs.get('run-1')?.state === 'running');
    await change('run-1', { state: 'succeeded', output: {} });
    await reach(id, 'completed');
    expect([...platform.runs.keys()]).toEqual(['run-1']);
  });
});
