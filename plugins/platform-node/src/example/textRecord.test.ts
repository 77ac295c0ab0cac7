import {
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ProviderSetup, resourceProviderContract } from '../testUtils';
import { createTextRecordProvider, labelOf, type Zone } from './textRecord';

/**
 * A zone in a directory, a file for each record.
 *
 * @param changes - how many it makes before its process dies
 */
function createZone(
  directory: string,
  changes = Number.POSITIVE_INFINITY,
): Zone {
  const fileOf = (label: string) => path.join(directory, `${label}.json`);
  let left = changes;
  const dieInTime = () => {
    left -= 1;
    if (left < 0) {
      throw new Error('The process has died.');
    }
  };
  return {
    async read(label) {
      const files = await readdir(directory);
      return files.includes(`${label}.json`)
        ? JSON.parse(await readFile(fileOf(label), 'utf8'))
        : undefined;
    },
    async write(label, record) {
      dieInTime();
      // Written whole or not at all.
      await writeFile(`${fileOf(label)}.new`, JSON.stringify(record));
      await rename(`${fileOf(label)}.new`, fileOf(label));
    },
    async remove(label) {
      dieInTime();
      await rm(fileOf(label), { force: true });
    },
  };
}

async function createSetup(): Promise<ProviderSetup> {
  const directory = await mkdtemp(path.join(tmpdir(), 'zone-'));
  const zone = createZone(directory);
  return {
    provider: createTextRecordProvider(zone),
    parameters: { text: 'hello' },
    changed: { text: 'hello', ttlSeconds: 600 },
    bad: [
      ['no text', {}, 'text'],
      ['an empty text', { text: '' }, '>=1'],
      ['a short time', { text: 'hello', ttlSeconds: 1 }, '>=60'],
    ],
    drift: async resource => {
      const label = labelOf(resource);
      const record = await zone.read(label);
      await zone.write(label, { ...record!, text: 'changed by hand' });
      return 'text';
    },
    remove: resource => zone.remove(labelOf(resource)),
    count: async ({ id }) =>
      (await readdir(directory)).filter(file => file.includes(id)).length,
    dying: changes => createTextRecordProvider(createZone(directory, changes)),
    cleanUp: () => rm(directory, { recursive: true }),
  };
}

resourceProviderContract('text-record', createSetup);
