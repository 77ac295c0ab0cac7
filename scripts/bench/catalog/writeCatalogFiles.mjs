import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ENTITIES_PER_FILE = 100;
/** The catalog asks PostgreSQL for all that comes from a location in one query, of which there can be so many parameters. */
const FILES_PER_LOCATION = 100;

/**
 * Writes entities as catalog files, a hundred in each, locations that name a hundred of these each, and one that names the locations.
 *
 * @param {string} folder - created
 * @param {object[]} entities
 * @returns {Promise<string>} the file of that location
 */
export async function writeCatalogFiles(folder, entities) {
  await mkdir(folder, { recursive: true });
  const write = async (name, documents) => {
    await writeFile(path.join(folder, name), toDocuments(documents));
    return `./${name}`;
  };
  const files = await Promise.all(
    inGroups(entities, ENTITIES_PER_FILE).map((group, index) =>
      write(`entities-${index + 1}.yaml`, group),
    ),
  );
  const locations = await Promise.all(
    inGroups(files, FILES_PER_LOCATION).map((targets, index) =>
      write(`locations-${index + 1}.yaml`, [
        location(`generated-${index + 1}`, targets),
      ]),
    ),
  );
  const top = await write('all.yaml', [location('generated', locations)]);
  return path.join(folder, top);
}

function location(name, targets) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name },
    spec: { targets },
  };
}

function inGroups(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** JSON is YAML too, and quicker to write. */
function toDocuments(entities) {
  return entities.map(entity => JSON.stringify(entity)).join('\n---\n');
}
