import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

const help = `npm run dev: Slipway for contributors. The page (port 3000, SLIPWAY_DEV_PORT) and the backend run from
their sources and follow every change; the rest is as with npm start.
`;

await runMain(async () => {
  if (process.argv.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { startPortal } = await import('./lib/startPortal.mjs');
  return await startPortal({ watch: true });
});
