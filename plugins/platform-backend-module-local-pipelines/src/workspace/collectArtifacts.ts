import { execFile } from 'node:child_process';
import { lstat, mkdir, chown, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { readPipelineDefinition } from '../definition/PipelineDefinition';
import type { UnprivilegedUser } from '../processes/UnprivilegedUser';
import type { Workspace } from './Workspace';

const run = promisify(execFile);

/** Finds what the last stage that declares artifacts left; several jobs' files are merged. */
export async function collectArtifacts(
  workspace: Workspace,
  owner: UnprivilegedUser | undefined,
): Promise<{ artifactDirectory?: string }> {
  const { jobs } = readPipelineDefinition(
    await readFile(workspace.expandedDefinition, 'utf8'),
  );
  const keeping = jobs.filter(({ keepsArtifacts }) => keepsArtifacts);
  const stage = keeping.at(-1)?.stage;
  const directories: string[] = [];
  for (const job of keeping.filter(one => one.stage === stage)) {
    const directory = path.join(workspace.artifacts, directoryName(job.name));
    if (await isOwnDirectory(directory)) {
      directories.push(directory);
    }
  }
  if (directories.length <= 1) {
    return { artifactDirectory: directories[0] };
  }
  const merged = workspace.mergedArtifacts;
  await mkdir(merged, { recursive: true });
  if (owner) {
    await chown(merged, owner.uid, owner.gid);
  }
  await run(
    'rsync',
    ['-a', ...directories.map(directory => `${directory}/`), `${merged}/`],
    { uid: owner?.uid, gid: owner?.gid },
  );
  return { artifactDirectory: merged };
}

/** A job may have put a link to somewhere else in its place: that is not followed. */
async function isOwnDirectory(directory: string): Promise<boolean> {
  try {
    return (
      (await lstat(directory)).isDirectory() &&
      (await realpath(path.dirname(directory))) ===
        path.join(
          await realpath(path.resolve(directory, '../../../..')),
          'project',
          '.gitlab-ci-local',
          'artifacts',
        )
    );
  } catch {
    return false;
  }
}

/** How gitlab-ci-local names a job's directory. */
function directoryName(job: string): string {
  return job.replace(/[^\w-]+/g, match =>
    Buffer.from(match).toString('base64url'),
  );
}
