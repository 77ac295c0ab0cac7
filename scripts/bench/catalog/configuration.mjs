import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../../lib/paths.mjs';

/**
 * What both backends are told. Entities come the same way, and each of the two rests while it is measured: neither reads its files nor
 * builds its index again before the bench has ended, unless it is told to.
 */
const both = {
  catalog: {
    processingInterval: { hours: 24 },
    rules: [
      {
        allow: [
          ...['Component', 'System', 'API', 'Resource', 'Domain'],
          ...['Group', 'User', 'Location', 'Template'],
        ],
      },
    ],
  },
  search: {
    collators: {
      catalog: {
        schedule: {
          frequency: { hours: 24 },
          timeout: { hours: 2 },
        },
      },
    },
  },
};

/**
 * Writes what the portal is told beside its own configuration: one location more.
 *
 * @param {string} file
 * @param {string} catalogFile
 */
export async function writePortalConfig(file, catalogFile) {
  const own = parse(await readFile(path.join(root, 'app-config.yaml'), 'utf8'));
  await write(file, {
    ...both,
    catalog: {
      ...both.catalog,
      locations: [...own.catalog.locations, locationOf(catalogFile)],
    },
  });
}

/**
 * Writes the whole configuration of the stock backend: that of `@backstage/create-app`, where guests sign in and may do all.
 *
 * @param {string} file
 * @param {{ catalogFile: string, port: number, postgres: object }} options
 */
export async function writeStockConfig(file, { catalogFile, port, postgres }) {
  const baseUrl = `http://localhost:${port}`;
  await write(file, {
    ...both,
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { port, host: '127.0.0.1' },
      database: { client: 'pg', prefix: 'stock_plugin_', connection: postgres },
    },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    permission: { enabled: true },
    catalog: { ...both.catalog, locations: [locationOf(catalogFile)] },
  });
}

function locationOf(catalogFile) {
  return { type: 'file', target: catalogFile };
}

async function write(file, config) {
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
}
