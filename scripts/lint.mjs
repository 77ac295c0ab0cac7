import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

await runMain(async () => {
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { runTests } = await import('./lib/runTests.mjs');
  return await runTests(['lint'], []);
});
