import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './lib/node.mjs';
import { runMain } from './lib/UserError.mjs';

await runMain(async () => {
  const ranElsewhere = await ensureNode(fileURLToPath(import.meta.url));
  if (ranElsewhere !== undefined) return ranElsewhere;
  const { chooseDataDir, prepareDataDir } = await import('./lib/paths.mjs');
  const { builds, ensureBuilt } = await import('./lib/builds.mjs');
  const { Progress } = await import('./lib/Progress.mjs');
  const { dataDir } = chooseDataDir();
  prepareDataDir(dataDir);
  const progress = new Progress();
  await Promise.all(
    Object.values(builds).map(build =>
      ensureBuilt(build, {
        logsDir: path.join(dataDir, 'logs'),
        onBuild: work =>
          progress.stage(build.title, work, { slow: build.slow }),
      }),
    ),
  );
  return 0;
});
