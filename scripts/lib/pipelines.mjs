import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { end, identify } from './processes.mjs';

/**
 * Ends the pipelines that run on their own. Nothing is lost: the next backend finds them interrupted, and starts
 * them anew.
 *
 * @param {string} dataDir
 */
export async function endPipelines(dataDir) {
  const controls = globSync('pipelines/workspaces/*/control/process.json', {
    cwd: dataDir,
  });
  await Promise.all(
    controls.map(async file => {
      const control = path.join(dataDir, path.dirname(file));
      if (existsSync(path.join(control, 'result.json'))) return;
      const { pid, startTicks } = JSON.parse(
        readFileSync(path.join(dataDir, file), 'utf8'),
      );
      const supervisor = identify(pid);
      if (supervisor && (!startTicks || supervisor.startedAt === startTicks)) {
        await end(supervisor);
      }
    }),
  );
}
