import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

const help = `npm run test:faults: kills, freezes and cuts off backends, and looks whether runs keep what is promised.

  --short       about 30 kills in a minute, as in npm test
  --seed N      repeats the random choices of an earlier test
  --kills N     how many kills, over all storms
`;

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean' },
      short: { type: 'boolean' },
      seed: { type: 'string' },
      kills: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { testFaults } = await import('./faults/testFaults.mjs');
  return await testFaults({
    short: values.short ?? false,
    seed: values.seed ? Number(values.seed) : undefined,
    kills: values.kills ? Number(values.kills) : undefined,
  });
});
