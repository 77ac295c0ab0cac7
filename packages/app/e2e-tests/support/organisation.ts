import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';

const ROOT = path.join(import.meta.dirname, '../../../..');
const APP_CONFIG = path.join(ROOT, 'app-config.yaml');

/** Somebody of growth, whom stories may let go. */
const ZOE = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'zoe', title: 'Zoe Marchetti' },
  spec: {
    profile: { displayName: 'Zoe Marchetti', email: 'zoe@example.com' },
    memberOf: ['growth'],
  },
};

/** Lets a portal read its organisation from a copy that stories can change: people come and go, and swaps change rotations. */
export async function useOwnOrganisation(dataDir: string): Promise<string> {
  const directory = path.join(dataDir, 'org');
  await cp(path.join(ROOT, 'org'), directory, { recursive: true });
  await appendFile(
    path.join(directory, 'people.yaml'),
    `---\n${stringify(ZOE)}`,
  );
  const { catalog } = parse(await readFile(APP_CONFIG, 'utf8')) as {
    catalog: { locations: Array<{ target: string }> };
  };
  const files = path.join(directory, '*.yaml');
  const settings = {
    catalog_locations: catalog.locations.map(location =>
      location.target === '../../org/*.yaml'
        ? { ...location, target: files }
        : location,
    ),
    auth_providers_local_usersFrom: [files],
    ownership_onCall_directory: path.join(directory, 'oncall'),
    ownership_leavers_afterSeconds: 1,
  };
  for (const [key, value] of Object.entries(settings)) {
    process.env[`APP_CONFIG_${key}`] = JSON.stringify(value);
  }
  return directory;
}

/** Takes somebody out of the file of people. */
export async function letGo(directory: string, name: string): Promise<void> {
  const file = path.join(directory, 'people.yaml');
  const people = (await readFile(file, 'utf8')).split(/^---$/m);
  await writeFile(
    file,
    people
      .filter(text => !new RegExp(`^  name: ${name}$`, 'm').test(text))
      .join('---'),
  );
}
