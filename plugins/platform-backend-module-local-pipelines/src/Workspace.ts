import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';

/** The files of one pipeline. */
export class Workspace {
  /** Everything below belongs to the pipeline. */
  readonly directory: string;
  /** What jobs see and may write. */
  readonly builds: string;
  readonly project: string;
  readonly home: string;
  /** Written by jobs' recorder: `jobs.json`, `states.jsonl` and `logs/`. */
  readonly control: string;
  /** Written by the supervisor, out of the jobs' reach: `pid`, `exit`, `engine.log`. */
  readonly supervision: string;
  /** Says that nothing may start here any more. */
  readonly stopped: string;
  readonly artifacts: string;

  constructor(root: string, pipelineId: string) {
    if (!/^[\w-]+$/.test(pipelineId)) {
      throw new InputError(
        `"${pipelineId}" is no pipeline id: letters, digits, "-" and "_" only.`,
      );
    }
    this.directory = path.join(root, pipelineId);
    this.builds = path.join(this.directory, 'builds');
    this.project = path.join(this.builds, 'project');
    this.home = path.join(this.builds, 'home');
    this.control = path.join(this.builds, 'control');
    this.supervision = path.join(this.directory, 'supervision');
    this.stopped = path.join(this.directory, 'stopped');
    this.artifacts = path.join(this.project, '.gitlab-ci-local', 'artifacts');
  }

  /** Whether the pipeline was started, ever. */
  async isClaimed(): Promise<boolean> {
    return exists(path.join(this.supervision, 'claimed'));
  }

  async isStopped(): Promise<boolean> {
    return exists(this.stopped);
  }

  /** The exit code of the whole pipeline; undefined while there is none. */
  async exitCode(): Promise<number | undefined> {
    const text = await readIfThere(path.join(this.supervision, 'exit'));
    return text === undefined ? undefined : Number(text);
  }

  async pid(): Promise<number | undefined> {
    const text = await readIfThere(path.join(this.supervision, 'pid'));
    return text === undefined ? undefined : Number(text);
  }

  /** When its process started, in milliseconds since the epoch. */
  async startedAt(): Promise<number> {
    const file = path.join(this.supervision, 'claimed');
    return (await stat(file)).mtimeMs;
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** The text of a file, or undefined where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
