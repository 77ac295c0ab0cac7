import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomBytes, randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { platformDatabase } from '../__testUtils__/engine';
import { keyringOf } from '../__testUtils__/keyringOf';
import { until } from '../__testUtils__/until';
import { DatabaseRunSecrets } from '../redaction';
import { RunEvents } from './RunEvents';
import { RunLog } from './RunLog';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
const SECRET = 'correct horse battery staple';

describe('RunLog', () => {
  let knex: Knex;
  let runId: string;
  let secrets: DatabaseRunSecrets;

  function createLog() {
    return new RunLog({
      knex,
      secrets,
      events: new RunEvents({ publish: async () => {} }),
      logger: mockServices.logger.mock(),
    });
  }

  function texts(): Promise<string[]> {
    return knex('run_log_lines')
      .where({ run_id: runId })
      .orderBy('sequence')
      .pluck('text');
  }

  beforeEach(async () => {
    knex = await platformDatabase(databases);
    runId = randomUUID();
    await knex('runs').insert({
      id: runId,
      kind: 'test',
      kind_version: 1,
      title: 'Test',
      target: 'somewhere',
      state: 'running',
      requested_by: 'user:default/mara',
      owner: 'group:default/payments',
      input: '{}',
    });
    secrets = new DatabaseRunSecrets({ knex, keyring: keyringOf(7) });
  });

  it('keeps lines in order, whoever adds them, and what a terminal would show of them', async () => {
    const one = createLog();
    const two = createLog();
    one.add(runId, 'a', 'one\r\ntwo\n');
    one.add(runId, 'b', ' 10%\r 50%\r100%\r');
    await one.endStep(runId, 'a');
    two.add(runId, 'a', 'three\n\nfour \0');
    await two.flush();
    one.add(runId, 'b', `${'x'.repeat(3_999)}yz`);
    await until(async () => (await texts()).length === 7);
    expect(await texts()).toEqual([
      'one',
      'two',
      '100%',
      'three',
      '',
      'four \uFFFD',
      `${'x'.repeat(3_999)}…`,
    ]);
  });

  it("redacts what is split over lines, and tells a step's last line at its end", async () => {
    await secrets.register(runId, SECRET);
    const log = createLog();
    log.add(runId, 'a', `password ${SECRET.slice(0, 9)}`);
    log.add(runId, 'b', 'corr');
    log.add(runId, 'a', `${SECRET.slice(9)}.`);
    log.add(runId, 'a', 'corr');
    await log.endStep(runId, 'a');
    expect(await texts()).toEqual([
      'password [redacted]',
      '[redacted].',
      'corr',
    ]);
    await log.endStep(runId, 'b');
    expect(await texts()).toHaveLength(4);
  });

  it('tells a line that may begin a secret after a second without more', async () => {
    await secrets.register(runId, SECRET);
    const log = createLog();
    const before = Date.now();
    log.add(runId, 'a', 'for now it is correct');
    await until(async () => (await texts()).length === 1);
    expect(Date.now() - before).toBeGreaterThan(900);
    await log.flush();
  });

  it('knows a secret that another backend registered meanwhile', async () => {
    const log = createLog();
    log.add(runId, 'a', SECRET);
    await new DatabaseRunSecrets({
      knex,
      keyring: keyringOf(7),
    }).register(runId, SECRET);
    await log.endStep(runId, 'a');
    expect(await texts()).toEqual(['[redacted]']);
  });

  it('leaves nothing of a secret where a line is cut off', async () => {
    await secrets.register(runId, SECRET);
    const log = createLog();
    const long = randomBytes(31_000).toString('hex');
    await secrets.register(runId, long);
    log.add(runId, 'a', `${'x'.repeat(3_995)}${SECRET}`);
    log.add(runId, 'a', `${long}${' '.repeat(64 * 1024 - 62_009)}${SECRET}`);
    await log.endStep(runId, 'a');
    const [short, cut] = await texts();
    expect(short.slice(3_990)).toBe('xxxxx[red…');
    expect(cut.replace(/ +/, ' ')).toBe('[redacted] [redacted]');
  });

  it('keeps 20,000 lines of a million, says once how many were left out, and needs little memory', async () => {
    const log = createLog();
    const heapBefore = memory();
    let most = 0;
    for (let count = 0; count < 1_000_000; count += 1) {
      log.add(runId, 'a', `line ${count} ${'of many '.repeat(10)}`);
      if (count % 250_000 === 249_999) {
        most = Math.max(most, memory() - heapBefore);
      }
    }
    await log.endStep(runId, 'a');
    const stored = await texts();
    expect(stored).toHaveLength(20_002);
    expect(stored[19_999]).toMatch(/^line 19999 /);
    expect(stored.slice(-2)).toEqual([
      'This log is cut here: it keeps 20000 lines.',
      '980000 lines were left out.',
    ]);
    expect(most).toBeLessThan(50 * 1024 * 1024);

    // The next attempt, on another backend.
    const other = createLog();
    other.add(runId, 'a', 'more\n'.repeat(30));
    await other.endStep(runId, 'a');
    expect((await texts()).slice(20_000)).toEqual([
      'This log is cut here: it keeps 20000 lines.',
      '980030 lines were left out.',
    ]);
  });

  it('says what it had to leave out where long lines come faster than they are stored', async () => {
    const log = createLog();
    for (let count = 0; count < 10_000; count += 1) {
      log.add(runId, 'a', `${count} ${'long '.repeat(400)}`);
    }
    await log.endStep(runId, 'a');
    log.add(runId, 'a', 'the end');
    await log.endStep(runId, 'a');
    const [missed, last] = (await texts()).slice(-2);
    const kept = (await texts()).length - 2;
    expect(missed).toBe(
      `${10_000 - kept} lines were left out here: they came faster than they could be stored.`,
    );
    expect(last).toBe('the end');
  });
});

/** What is in use, in bytes, once garbage is collected. */
function memory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
