import type { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { JobLogLine, PipelineJob } from '@slipway/plugin-platform-common';
import type {
  PipelineObserver,
  PipelineOutcome,
  PipelineRequest,
} from '@slipway/plugin-platform-node';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LocalPipelineEngine } from '../LocalPipelineEngine';
import { createRequestOf, type RequestOptions } from './requests';

const GIT = [
  '-c',
  'user.name=Mara',
  '-c',
  'user.email=mara@example.com',
  '-c',
  'init.defaultBranch=main',
];

/** A directory of its own for one test file, that other users may pass through. */
export function createDataDirectory(): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'local-pipelines-'));
  chmodSync(directory, 0o711);
  return directory;
}

/** A real engine on real files. */
export function createEngine(
  directory: string,
  config: { concurrency?: number; user?: string } = {},
  logger: LoggerService = mockServices.logger.mock(),
): Promise<LocalPipelineEngine> {
  return LocalPipelineEngine.fromConfig(
    mockServices.rootConfig({
      data: {
        platform: {
          localPipelines: {
            directory: path.join(directory, 'pipelines'),
            ...config,
          },
        },
      },
    }),
    { logger },
  );
}

/** An engine on a machine that has no bubblewrap. */
export async function createPlainEngine(
  directory: string,
): Promise<LocalPipelineEngine> {
  const programs = path.join(directory, 'programs');
  mkdirSync(programs);
  for (const name of ['node', 'npm', 'rsync', 'id', 'chown']) {
    const file = execFileSync('which', [name]).toString().trim();
    symlinkSync(file, path.join(programs, name));
  }
  const before = process.env.PATH;
  process.env.PATH = programs;
  try {
    return await createEngine(directory);
  } finally {
    process.env.PATH = before;
  }
}

/** A real repository with one commit. */
export function createRepository(
  directory: string,
  files: Record<string, string>,
): string {
  const repository = path.join(directory, `repository-${randomUUID()}`);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(repository, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const git = (...args: string[]) =>
    execFileSync('git', [...GIT, ...args], { cwd: repository });
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'Begin');
  return repository;
}

/** A pipeline of a new repository, as the platform asks for it. */
export function createRequest(
  directory: string,
  definition: string,
  options: RequestOptions & { files?: Record<string, string> } = {},
): PipelineRequest {
  const repository = createRepository(directory, {
    '.gitlab-ci.yml': definition,
    ...options.files,
  });
  return createRequestOf(repository, options);
}

/** Keeps what an engine reports, as the platform's store does. */
export class Recorder implements PipelineObserver {
  readonly changes: PipelineJob[][] = [];
  readonly #logs = new Map<string, Map<number, string>>();
  #watchers: (() => void)[] = [];

  async jobsChanged(jobs: PipelineJob[]): Promise<void> {
    this.changes.push(jobs);
    this.#notify();
  }

  async jobPrinted(job: string, lines: JobLogLine[]): Promise<void> {
    const log = this.#logs.get(job) ?? new Map<number, string>();
    this.#logs.set(job, log);
    for (const { sequence, text } of lines) {
      log.set(sequence, log.get(sequence) ?? text);
    }
    this.#notify();
  }

  get jobs(): PipelineJob[] {
    return this.changes.at(-1) ?? [];
  }

  /** `name: state` of each job. */
  get states(): string[] {
    return this.jobs.map(({ name, state }) => `${name}: ${state}`);
  }

  lines(job: string): string[] {
    return [...(this.#logs.get(job) ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text);
  }

  sequences(job: string): number[] {
    return [...(this.#logs.get(job)?.keys() ?? [])];
  }

  /** Resolves as soon as the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>(resolve => this.#watchers.push(resolve));
    }
  }

  #notify(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    watchers.forEach(watcher => watcher());
  }
}

/** The failure of an outcome that must be one. */
export function failureOf(outcome: PipelineOutcome) {
  if (outcome.state !== 'failed') {
    throw new Error(`Expected a failure, got ${JSON.stringify(outcome)}`);
  }
  return outcome.failure;
}

/** Removes what a test file made. */
export function removeDataDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}
