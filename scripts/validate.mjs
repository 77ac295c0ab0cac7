import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

const help = `npm run validate: checks the environments and resource definitions that platform.environmentsFrom names, and the on-call
rotations of ownership.onCall.directory, and says file and line of what is wrong. Nothing has to run for it.
`;

await runMain(async () => {
  if (process.argv.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { validate } = await import('./lib/validate.mjs');
  return await validate();
});
