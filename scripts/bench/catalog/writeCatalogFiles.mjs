import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ENTITIES_PER_FILE = 100;

/**
 * Writes entities as catalog files, a hundred in each, and a location that names them all.
 *
 * @param {string} folder - created
 * @param {object[]} entities
 * @returns {Promise<string>} the file of the location
 */
export async function writeCatalogFiles(folder, entities) {
  await mkdir(folder, { recursive: true });
  const targets = [];
  for (let from = 0; from < entities.length; from += ENTITIES_PER_FILE) {
    const name = `entities-${targets.length + 1}.yaml`;
    targets.push(`./${name}`);
    await writeFile(
      path.join(folder, name),
      toDocuments(entities.slice(from, from + ENTITIES_PER_FILE)),
    );
  }
  const file = path.join(folder, 'all.yaml');
  const location = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name: 'generated' },
    spec: { targets },
  };
  await writeFile(file, toDocuments([location]));
  return file;
}

/** JSON is YAML too, and quicker to write. */
function toDocuments(entities) {
  return entities.map(entity => JSON.stringify(entity)).join('\n---\n');
}
