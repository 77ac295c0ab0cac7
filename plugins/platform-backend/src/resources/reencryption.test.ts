import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Keyring, Reencryption } from '../keys';
import { DatabaseRunSecrets, reencryptRunSecrets } from '../redaction';
import type { StartedResources } from './__testUtils__/startResources';
import { useResources } from './__testUtils__/useResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const OLD = 'k'.repeat(32);
const NEW = 'n'.repeat(32);

describe('a new encryption key', () => {
  const { platform, beside, restart } = useResources(databases);

  function runKeyring({ keys }: StartedResources): Keyring {
    return new Keyring(keys.deriveAll('secrets'));
  }

  async function reencrypt(of: StartedResources): Promise<void> {
    await new Reencryption({
      stores: [reencryptRunSecrets(of.knex, runKeyring(of)), of.encrypted],
      logger: mockServices.logger.mock(),
    }).sweep();
  }

  const keysInUse = async () => {
    const { knex } = platform();
    return {
      resources: await knex('resources').distinct().pluck('secrets_key'),
      runs: await knex('run_secrets').distinct().pluck('key_id'),
    };
  };

  it('takes over everything that the one before encrypted, while it can be read all the time', async () => {
    const made = [];
    for (const name of ['one', 'two', 'three']) {
      made.push(await platform().provision({ name }));
    }
    const before = await keysInUse();
    const rotated = await restart({
      encryptionKey: NEW,
      previousEncryptionKeys: [OLD],
    });
    const { id, runId } = made[0];
    const { password } = await rotated.service.reveal(id);
    expect([...rotated.test.of({ id }).valid]).toEqual([password]);

    // Two at a time, and once more, as after a crash.
    const other = await beside({
      encryptionKey: NEW,
      previousEncryptionKeys: [OLD],
    });
    await Promise.all([reencrypt(rotated), reencrypt(other)]);
    await reencrypt(rotated);

    const after = await keysInUse();
    expect(after.resources).toHaveLength(1);
    expect(after.resources).toEqual(after.runs);
    expect(after.resources).not.toEqual(before.resources);

    // The one before can be forgotten.
    const alone = await restart({ encryptionKey: NEW });
    expect(await alone.service.reveal(id)).toMatchObject({ password });
    const secrets = new DatabaseRunSecrets({
      knex: alone.knex,
      keyring: runKeyring(alone),
    });
    const redactor = await secrets.redactor(runId);
    expect(redactor.text(`It is ${password}.`)).toBe('It is [redacted].');
  });

  it('keeps one of a secret that was registered with both keys', async () => {
    const { runId, id } = await platform().provision();
    const { password } = await platform().service.reveal(id);
    const rotated = await restart({
      encryptionKey: NEW,
      previousEncryptionKeys: [OLD],
    });
    const secrets = new DatabaseRunSecrets({
      knex: rotated.knex,
      keyring: runKeyring(rotated),
    });
    await secrets.register(runId, password);
    const rows = rotated.knex('run_secrets').where({ run_id: runId });
    expect(await rows.clone()).toHaveLength(2);
    await reencrypt(rotated);
    expect(await rows.clone()).toHaveLength(1);
  });

  it('gives those of before their ids, and leaves what it can not read', async () => {
    const { runId } = await platform().provision();
    const lost = await platform().provision({ name: 'lost' });
    const { knex } = platform();
    await knex('run_secrets').update({ key_id: null });
    await knex('run_secrets')
      .where({ run_id: lost.runId })
      .update({ ciphertext: Buffer.alloc(64) });
    await knex('resources').where({ id: lost.id }).update({ secrets_key: 'x' });
    await reencrypt(platform());
    const idOf = (run: string) =>
      knex('run_secrets').where({ run_id: run }).pluck('key_id');
    expect(await idOf(runId)).toEqual([expect.any(String)]);
    expect(await idOf(lost.runId)).toEqual([null]);
    await expect(platform().service.reveal(lost.id)).rejects.toThrow(
      'encrypted with the key x',
    );
  });
});
