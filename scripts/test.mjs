import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

const help = `npm test: installs what is missing and runs every check and test.

  npm test -- unit            one part: format, lint, lint-scripts, types, boundaries, links, paths,
                              scripts, templates, unit, faults, e2e
  npm test -- unit -- Runs    what follows a second -- goes to Jest
`;

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const { runTests } = await import('./lib/runTests.mjs');
  return await runTests(args.slice(0, end), args.slice(end + 1));
});
