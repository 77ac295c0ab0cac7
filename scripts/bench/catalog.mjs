import { parseArgs } from 'node:util';
import { cleanUpWhenStopped } from '../faults/cleanups.mjs';
import { growth } from './catalog/growth.mjs';
import { measureCatalog } from './catalog/measureCatalog.mjs';
import { ownQueries, queries } from './catalog/queries.mjs';
import { report } from './lib/statistics.mjs';

/** The most that each may be, at the first size. */
const targets = {
  listMsP95: 60,
  ...Object.fromEntries(
    ['ingest', ...Object.keys(queries)].map(name => [`${name}RatioToStock`, 1]),
  ),
  ...Object.fromEntries(
    Object.keys(ownQueries).map(name => [`${name}MsP95`, 100]),
  ),
};

/**
 * A generated company's catalog in the portal and in a stock Backstage backend, on the same PostgreSQL in the same run: how long it takes until all
 * entities are served, and what pages ask for. `--entities 30000,100000` says how many there are; each size is measured on new databases, and how
 * much more the last takes than the first is compared with how much more there is.
 *
 * @param {string[]} args
 */
export async function run(args) {
  const { values } = parseArgs({
    args,
    options: { entities: { type: 'string', default: '30000,100000' } },
  });
  const sizes = values.entities.split(',').map(Number);
  cleanUpWhenStopped();
  const measured = [];
  for (const size of sizes) {
    measured.push({ size, metrics: await measureCatalog(size) });
    console.log(JSON.stringify(measured.at(-1)));
  }
  const [first, ...others] = measured;
  const last = others.at(-1);
  report(
    'catalog',
    {
      entities: first.size,
      ...first.metrics,
      ...Object.assign({}, ...others.map(suffixed)),
      ...(last && growth(first, last)),
    },
    { ...targets, ...(last && { growthMax: 1 }) },
  );
  return 0;
}

function suffixed({ size, metrics }) {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [`${name}At${size}`, value]),
  );
}
