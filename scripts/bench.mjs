import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain, UserError } from './lib/UserError.mjs';

/**
 * Runs one benchmark: `scripts/bench/<name>.mjs`, which exports `run(args)`.
 */
await runMain(async () => {
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const folder = path.join(
    path.dirname(fileURLToPath(import.meta.url)),
    'bench',
  );
  const names = (existsSync(folder) ? readdirSync(folder) : [])
    .filter(file => file.endsWith('.mjs') && !file.endsWith('.test.mjs'))
    .map(file => path.basename(file, '.mjs'));
  const [name, ...args] = process.argv.slice(2);
  if (!names.includes(name)) {
    throw new UserError(
      `${name ? `There is no benchmark "${name}". ` : ''}Use: npm run bench -- <name>, with one of: ${names.join(', ')}`,
    );
  }
  const file = pathToFileURL(path.join(folder, `${name}.mjs`));
  const { run } = await import(file.href);
  return await run(args);
});
