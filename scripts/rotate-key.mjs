import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

const help = `npm run rotate-key: makes a new key for the secrets of runs and resources. From the next start of the portal on, everything is
encrypted with it. The one before is kept for as long as something needs it.

Environment
  SLIPWAY_DATA         where everything is kept (.slipway in the checkout)
`;

await runMain(async () => {
  if (process.argv.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { chooseDataDir } = await import('./lib/paths.mjs');
  const { rotateKey } = await import('./lib/encryptionKeys.mjs');
  const { dataDir, note } = chooseDataDir();
  if (note) process.stdout.write(`${note}\n`);
  process.stdout.write(`${rotateKey(dataDir)}\n`);
  return 0;
});
