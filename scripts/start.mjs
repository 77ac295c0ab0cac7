import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

const help = `npm start: installs what is missing, builds what changed, and starts Slipway. Ctrl-C stops it.

Options (npm start -- <option>)
  --help   show this

Environment
  SLIPWAY_PORT         the portal's port (7007)
  SLIPWAY_ROUTER_PORT  the port at which services answer (7080)
  SLIPWAY_DATA         where everything is kept (.slipway in the checkout)
`;

await runMain(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { startPortal } = await import('./lib/startPortal.mjs');
  return await startPortal();
});
