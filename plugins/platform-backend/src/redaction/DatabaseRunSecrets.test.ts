import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { randomBytes, randomUUID } from 'node:crypto';
import { platformDatabase } from '../__testUtils__/engine';
import { DatabaseRunSecrets } from './DatabaseRunSecrets';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const key = Buffer.alloc(32, 7);
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
    secrets = new DatabaseRunSecrets({ knex, key });
  });

  it('counts for every backend at once, for its own run only, and is stored encrypted', async () => {
    const other = new DatabaseRunSecrets({ knex, key });
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
    const stranger = new DatabaseRunSecrets({ knex, key: Buffer.alloc(32, 8) });
    await expect(stranger.redactor(runId)).rejects.toThrow();
    const second = randomUUID();
    await insertRun(second);
    await knex('run_secrets').update({ run_id: second });
    await expect(secrets.redactor(second)).rejects.toThrow();
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
