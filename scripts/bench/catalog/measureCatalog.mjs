import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withCleanup } from '../../faults/cleanups.mjs';
import { Random } from '../../faults/Random.mjs';
import { Portal } from '../../lib/Portal.mjs';
import { residentMegabytes } from '../lib/memory.mjs';
import { PortalSession } from '../lib/PortalSession.mjs';
import { round } from '../lib/statistics.mjs';
import { CatalogClient } from './CatalogClient.mjs';
import { CatalogDatabases } from './CatalogDatabases.mjs';
import { writePortalConfig } from './configuration.mjs';
import { generateOrganization } from './generateOrganization.mjs';
import { measureQueries } from './measureQueries.mjs';
import { StockBackend } from './StockBackend.mjs';
import { areas } from './words.mjs';
import { writeCatalogFiles } from './writeCatalogFiles.mjs';

const SEED = 1;
const MOST_TEAMS = 500;
/** Where there are fewer entities than for so many teams. */
const ENTITIES_PER_TEAM = 60;
const SAMPLES = 100;
const OWNED_KINDS = ['Component', 'API', 'Resource', 'System', 'Domain'];
/** Just after the work, what is resident depends on when garbage was collected last. */
const IDLE_MS = 60_000;

/**
 * Gives both backends the same entities, one after the other, and measures.
 *
 * @param {number} size - how many entities
 * @returns {Promise<Record<string, number>>}
 */
export async function measureCatalog(size) {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-'));
  // PostgreSQL runs as another user where this runs as root.
  await chmod(folder, 0o711);
  const configFile = path.join(folder, 'portal.json');
  const portal = new Portal({
    dataDir: path.join(folder, 'data'),
    configFiles: [configFile],
  });
  const stock = new StockBackend(folder);
  return await withCleanup(
    async () => {
      await stock.stop();
      await portal.stop();
      await rm(folder, { recursive: true, force: true });
    },
    async () => {
      const files = path.join(folder, 'catalog');
      const { catalogFile, owned, samples } = await prepare(files, size);
      await writePortalConfig(configFile, catalogFile);
      await portal.claim();
      await portal.start();
      const { postgres } = portal;
      const session = new PortalSession(portal);
      const databases = new CatalogDatabases(postgres, 'backstage_plugin_');
      const ours = await takeIn({
        databases,
        files,
        size,
        signIn: async () => {
          await session.signIn('mara');
          return new CatalogClient(portal.url, session.token);
        },
      });
      await databases.projected(owned);
      await databases.settle(['ownership']);
      await stock.start({ catalogFile, postgres });
      const theirs = await takeIn({
        databases: new CatalogDatabases(postgres, 'stock_plugin_'),
        files,
        size,
        signIn: async () => new CatalogClient(stock.url, await stock.signIn()),
      });
      const taken = {
        ingestSeconds: ours.ingestSeconds,
        ingestStockSeconds: theirs.ingestSeconds,
        ingestRatioToStock: round(ours.ingestSeconds / theirs.ingestSeconds),
      };
      console.log(JSON.stringify(taken));
      const { client } = ours;
      const times = await measureQueries(client, theirs.client, samples);
      await new Promise(resolve => setTimeout(resolve, IDLE_MS));
      return {
        ...taken,
        ...times,
        backendMegabytes: residentMegabytes(portal.pids.backend),
        stockBackendMegabytes: residentMegabytes(stock.pid),
      };
    },
  );
}

/** Generates the entities and writes them; of these, what to ask for later. */
async function prepare(files, size) {
  const entities = generateOrganization({
    seed: SEED,
    entities: size,
    teams: Math.min(MOST_TEAMS, Math.ceil(size / ENTITIES_PER_TEAM)),
  });
  const random = new Random(SEED);
  const namesOf = filter =>
    entities.filter(filter).map(({ metadata }) => metadata.name);
  const components = namesOf(({ kind }) => kind === 'Component');
  const teams = namesOf(({ spec }) => spec.type === 'team');
  return {
    catalogFile: await writeCatalogFiles(files, entities),
    /** How many of them somebody has to own. */
    owned: entities.filter(({ kind }) => OWNED_KINDS.includes(kind)).length,
    samples: Array.from({ length: SAMPLES }, () => ({
      component: random.pick(components),
      team: random.pick(teams),
      term: random.pick(areas),
    })),
  };
}

/** Waits until a backend serves all entities, and has then indexed them. */
async function takeIn({ databases, files, size, signIn }) {
  const ingestSeconds = round(await databases.ingested(files, size));
  const client = await signIn();
  await client.post(
    '/search/.backstage/scheduler/v1/tasks/search_index_software_catalog/trigger',
  );
  await databases.indexed(size);
  await databases.settle();
  return { ingestSeconds, client };
}
