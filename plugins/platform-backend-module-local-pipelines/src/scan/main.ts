import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { scan } from './scan';

/** `slipway-scan`: looks through the repository in the current directory, and fails where something must not be deployed. */
async function main(): Promise<number> {
  const directory = process.cwd();
  const policy = await readFile(
    path.join(directory, 'scan.json'),
    'utf8',
  ).catch(() => '{}');
  const { lines, isFine } = await scan(directory, policy);
  lines.forEach(line => process.stdout.write(`${line}\n`));
  return isFine ? 0 : 1;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`slipway-scan: ${error.message ?? error}\n`);
    process.exitCode = 1;
  },
);
