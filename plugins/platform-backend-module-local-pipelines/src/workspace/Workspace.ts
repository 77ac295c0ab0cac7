import { InputError } from '@backstage/errors';
import { constants } from 'node:fs';
import {
  mkdir,
  open,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import type { ProcessIdentity } from '../processes/ProcessIdentity';
import type { SandboxedCommand } from '../sandbox/Sandbox';

const MAXIMUM_DEFINITION = 4 * 1024 * 1024;

/** What the supervisor is told; see `runner/supervise.cjs`. */
export interface SupervisorCommand extends SandboxedCommand {
  /** The home directory as the jobs see it. */
  jobsHome: string;
  /** When it was asked for, and when it is stopped at the latest; in milliseconds. */
  startTime: number;
  deadline: number;
}

/** Who runs a pipeline. */
export interface SupervisorProcess extends ProcessIdentity {
  startedAt: number;
}

/** How a pipeline ended, in the supervisor's words. */
export interface SupervisorResult {
  reason: 'exited' | 'stopped' | 'timed-out' | 'flooded' | 'unwritable';
  exitCode?: number;
  problem?: string;
  endedAt: number;
}

/** What one pipeline has on disk. Only `project` and `home` belong to its jobs. */
export class Workspace {
  readonly directory: string;

  constructor(directory: string, pipelineId: string) {
    if (!/^\w[\w.-]*$/.test(pipelineId)) {
      throw new InputError(
        `"${pipelineId}" is no pipeline's id: it names a directory, so it has letters, digits, dots and dashes only.`,
      );
    }
    this.directory = path.join(directory, 'workspaces', pipelineId);
  }

  get project(): string {
    return path.join(this.directory, 'project');
  }

  get home(): string {
    return path.join(this.directory, 'home');
  }

  get control(): string {
    return path.join(this.directory, 'control');
  }

  get output(): string {
    return path.join(this.control, 'output');
  }

  get artifacts(): string {
    return path.join(this.project, '.gitlab-ci-local', 'artifacts');
  }

  get mergedArtifacts(): string {
    return path.join(this.directory, 'artifact');
  }

  /**
   * The pipeline's definition with `extends` and `include` resolved, once gitlab-ci-local has read it. Jobs may have
   * put anything in its place: only a file of a sensible size that lies where it should is read.
   */
  async readExpandedDefinition(): Promise<string | undefined> {
    const directory = path.join(this.project, '.gitlab-ci-local');
    try {
      const real = await realpath(directory);
      if (
        real !==
        path.join(await realpath(this.directory), 'project', '.gitlab-ci-local')
      ) {
        return undefined;
      }
      const file = await open(
        path.join(real, 'expanded-gitlab-ci.yml'),
        constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
      );
      try {
        const stats = await file.stat();
        return stats.isFile() && stats.size <= MAXIMUM_DEFINITION
          ? await file.readFile('utf8')
          : undefined;
      } finally {
        await file.close();
      }
    } catch {
      return undefined;
    }
  }

  /** Makes it empty. */
  async create(): Promise<void> {
    await this.remove();
    for (const directory of [this.project, this.home]) {
      await mkdir(directory, { recursive: true, mode: 0o755 });
    }
    await mkdir(this.control, { mode: 0o700 });
  }

  async remove(): Promise<void> {
    await rm(this.directory, {
      recursive: true,
      force: true,
      maxRetries: 3,
    });
  }

  async writeCommand(command: SupervisorCommand): Promise<void> {
    const file = path.join(this.control, 'command.json');
    await writeFile(`${file}.new`, JSON.stringify(command), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  process(): Promise<SupervisorProcess | undefined> {
    return this.#read<SupervisorProcess>('process.json');
  }

  result(): Promise<SupervisorResult | undefined> {
    return this.#read<SupervisorResult>('result.json');
  }

  async #read<T>(name: string): Promise<T | undefined> {
    try {
      const text = await readFile(path.join(this.control, name), 'utf8');
      return JSON.parse(text) as T;
    } catch {
      // Not there yet, or not whole yet.
      return undefined;
    }
  }
}
