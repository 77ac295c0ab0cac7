import type { PipelineJob } from '@slipway/plugin-platform-common';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { readPipelineDefinition } from '../definition/PipelineDefinition';
import { baseNameOf } from '../output/PipelineProgress';
import type { UnprivilegedUser } from '../processes/UnprivilegedUser';
import type { Workspace } from './Workspace';

const run = promisify(execFile);

/** Finds what the last stage left of which jobs kept artifacts; several jobs' files are merged. */
export async function collectArtifacts(
  workspace: Workspace,
  jobs: PipelineJob[],
  owner: UnprivilegedUser | undefined,
): Promise<{ artifactDirectory?: string }> {
  const definition = readPipelineDefinition(
    (await workspace.readExpandedDefinition()) ?? '',
  );
  const keeping = new Set(
    definition.jobs
      .filter(({ keepsArtifacts }) => keepsArtifacts)
      .map(({ name }) => name),
  );
  const kept: { stage: string; directory: string }[] = [];
  for (const { name, stage } of jobs) {
    const directory = path.join(workspace.artifacts, directoryName(name));
    if (
      (keeping.has(name) || keeping.has(baseNameOf(name))) &&
      (await isOwnDirectory(directory))
    ) {
      kept.push({ stage, directory });
    }
  }
  const directories = kept
    .filter(({ stage }) => stage === kept.at(-1)?.stage)
    .map(({ directory }) => directory);
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
    [
      '-a',
      '--exclude=/.gitlab-ci-reports',
      ...directories.map(directory => `${directory}/`),
      `${merged}/`,
    ],
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

/** How gitlab-ci-local names a job's directory; long names end in a digest, as file systems bound them. */
function directoryName(job: string): string {
  const encoded = job.replace(/[^\w-]+/g, match =>
    Buffer.from(match).toString('base64url'),
  );
  if (encoded.length <= 238) {
    return encoded;
  }
  const digest = createHash('sha256').update(job).digest('hex').slice(0, 16);
  return `${encoded.slice(0, 221)}-${digest}`;
}
