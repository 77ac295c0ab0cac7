import { TestDatabases } from '@backstage/backend-test-utils';
import { waitForEvent } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { randomBytes, randomUUID } from 'node:crypto';
import { platformDatabase } from '../__testUtils__/engine';
import { keyringOf } from '../__testUtils__/keyringOf';
import { ended, kindOf, request, useEngines } from '../__testUtils__/runs';
import { until } from '../__testUtils__/until';
import { DatabaseRunSecrets } from './DatabaseRunSecrets';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SECRET = 'correct horse "battery" staple';

describe('DatabaseRunSecrets', () => {
  let knex: Knex;
  let runId: string;
  let secrets: DatabaseRunSecrets;

  async function insertRun(id: string) {
    await knex('runs').insert({
      id,
      kind: 'test',
      kind_version: 1,
      title: 'Test',
      target: id,
      state: 'running',
      requested_by: 'user:default/mara',
      owner: 'group:default/payments',
      input: '{}',
    });
  }

  beforeEach(async () => {
    knex = await platformDatabase(databases);
    runId = randomUUID();
    await insertRun(runId);
    secrets = new DatabaseRunSecrets({ knex, keyring: keyringOf(7) });
  });

  it('counts for every backend at once, for its own run only, and is stored encrypted', async () => {
    const other = new DatabaseRunSecrets({ knex, keyring: keyringOf(7) });
    expect((await other.redactor(runId)).active).toBe(false);
    await secrets.register(runId, SECRET);
    await secrets.register(runId, SECRET);
    await other.register(runId, 'another one');
    for (const backend of [secrets, other]) {
      const redactor = await backend.redactor(runId);
      expect(redactor.text(`${SECRET}, another one`)).toBe(
        '[redacted], [redacted]',
      );
    }
    secrets.forget(runId);
    expect((await secrets.redactor(runId)).active).toBe(true);
    expect((await secrets.redactor(randomUUID())).active).toBe(false);
    const rows = await knex('run_secrets');
    expect(rows).toHaveLength(2);
    expect(rows[0].ciphertext.toString('latin1')).not.toContain('horse');
    expect(await knex('runs').where({ has_secrets: true })).toHaveLength(1);
  });

  it('can not be read with another key, or moved to another run', async () => {
    await secrets.register(runId, SECRET);
    const stranger = new DatabaseRunSecrets({ knex, keyring: keyringOf(8) });
    await expect(stranger.requireReadable(runId)).rejects.toThrow(
      "can't be read with the portal's platform.encryptionKey",
    );
    await secrets.requireReadable(runId);
    // Since nobody knows what is secret, nothing is told.
    const nothing = await stranger.redactor(runId);
    for (const said of [
      nothing.text(SECRET),
      nothing.json({ message: SECRET, [SECRET]: [SECRET] }),
      nothing.hold(`${SECRET}\n${SECRET}`),
    ]) {
      expect(JSON.stringify(said)).not.toContain('horse');
      expect(JSON.stringify(said)).toContain('This was removed');
    }
    const second = randomUUID();
    await insertRun(second);
    await knex('run_secrets').update({ run_id: second });
    await expect(secrets.requireReadable(second)).rejects.toThrow();
  });

  it('refuses what it could not remove, and says why', async () => {
    await expect(secrets.register(runId, ' 12345\n')).rejects.toThrow(
      'A secret needs at least 6 characters, and this one has 5',
    );
    await expect(
      secrets.register(runId, 'x'.repeat(64 * 1024 + 1)),
    ).rejects.toThrow('A secret may have 64 kB, and this one has 65 kB');
    await expect(secrets.register(randomUUID(), SECRET)).rejects.toThrow(
      'There is no run',
    );
    for (let count = 0; count < 8; count += 1) {
      await secrets.register(runId, randomBytes(32 * 1023).toString('hex'));
    }
    await expect(secrets.register(runId, 'y'.repeat(2_000))).rejects.toThrow(
      'All secrets of a run together may have 512 kB',
    );
    const second = randomUUID();
    await insertRun(second);
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        secrets.register(second, `secret number ${index}`),
      ),
    );
    await expect(secrets.register(second, SECRET)).rejects.toThrow(
      'A run may have 200 secrets, and this one has them',
    );
  });

  it('removes a secret from what is stored already', async () => {
    const other = randomUUID();
    await insertRun(other);
    const waitId = randomUUID();
    const quoted = JSON.stringify({ message: SECRET });
    await knex('runs').update({ failure: quoted, output: quoted });
    await knex('run_steps').insert({
      run_id: runId,
      step_id: 'a',
      position: 0,
      title: 'A',
      depends_on: '[]',
      state: 'failed',
      failure: quoted,
      output: quoted,
      remains: JSON.stringify([`key ${SECRET}`]),
    });
    await knex('run_waits').insert({
      id: waitId,
      run_id: runId,
      name: 'a',
      kind: 'event',
      event_key: 'it-happened',
      state: 'resumed',
      waits_for: 'machines',
      reason: SECRET,
      payload: quoted,
    });
    await knex('run_votes').insert({
      wait_id: waitId,
      person: 'user:default/mara',
      verdict: 'approved',
      comment: SECRET,
    });
    await knex('run_events').insert({ key: 'it-happened', payload: quoted });
    await knex('run_log_lines').insert(
      [
        'fine',
        SECRET.slice(0, 9),
        `${SECRET.slice(9)} end`,
        encodeURIComponent(SECRET),
      ].map((text, index) => ({
        run_id: runId,
        sequence: index + 1,
        step_id: 'a',
        text,
      })),
    );
    await secrets.register(runId, SECRET);
    expect(
      await knex('run_log_lines').orderBy('sequence').pluck('text'),
    ).toEqual(['fine', '[redacted]', '[redacted] end', '[redacted]']);
    const redacted = { message: '[redacted]' };
    expect(await knex('run_steps').first()).toMatchObject({
      failure: redacted,
      output: redacted,
      remains: ['key [redacted]'],
    });
    expect(await knex('run_waits').first()).toMatchObject({
      reason: '[redacted]',
      payload: redacted,
    });
    expect(await knex('run_votes').first()).toMatchObject({
      comment: '[redacted]',
    });
    expect(await knex('run_events').first()).toMatchObject({
      payload: redacted,
    });
    expect(await knex('runs').where({ id: runId }).first()).toMatchObject({
      failure: redacted,
      output: redacted,
    });
    expect(await knex('runs').where({ id: other }).first()).toMatchObject({
      failure: { message: SECRET },
    });
  });
});

describe('a run whose secrets were encrypted with another key', () => {
  const engines = useEngines(() => platformDatabase(databases));

  it('stops with a message that says so, and goes on once the key is back', async () => {
    const done: string[] = [];
    const kind = kindOf([
      {
        id: 'one',
        title: 'One',
        execute: async ({ runId, resumed, secret, log }) => {
          await secret(SECRET);
          log(SECRET);
          return resumed
            ? {}
            : waitForEvent({ key: runId, reason: 'a sign', timeoutMs: 60_000 });
        },
      },
      {
        id: 'two',
        title: 'Two',
        execute: async () => {
          done.push(SECRET);
        },
      },
    ]);
    const start = (fill: number) => {
      const secrets = new DatabaseRunSecrets({
        knex: engines.database(),
        keyring: keyringOf(fill),
      });
      return engines.startWith({ secrets }, kind);
    };
    const first = await start(7);
    const { id } = await first.runs.start(request());
    await until(async () => (await first.runs.get(id)).state === 'waiting');
    await first.stop();
    const second = await start(8);
    await second.waits.eventHappened(id, { said: SECRET });
    const failed = await ended(second.runs, id);
    expect(failed).toMatchObject({
      state: 'failed',
      failure: {
        message: expect.stringContaining('platform.encryptionKey'),
        hint: expect.stringContaining('put back the key'),
      },
    });
    expect(JSON.stringify(failed)).not.toContain('horse');
    expect(done).toEqual([]);
    await second.stop();
    const third = await start(7);
    await third.runs.retry(id);
    expect((await ended(third.runs, id)).state).toBe('succeeded');
    expect(done).toEqual([SECRET]);
  });
});
