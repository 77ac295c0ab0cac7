import type { PipelineRequest } from '@slipway/plugin-platform-node';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a test may choose of a request. */
export interface RequestOptions {
  pipelineId?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** A pipeline of a repository's newest commit, as the platform asks for it. */
export function createRequestOf(
  repository: string,
  options: RequestOptions = {},
): PipelineRequest {
  return {
    pipelineId: options.pipelineId ?? randomUUID(),
    service: 'orders',
    branch: 'main',
    sha: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: repository })
      .toString()
      .trim(),
    definition: readFileSync(path.join(repository, '.gitlab-ci.yml'), 'utf8'),
    checkout: async target => {
      mkdirSync(target, { recursive: true });
      execFileSync('git', ['clone', '--quiet', repository, '.'], {
        cwd: target,
      });
    },
    timeoutMs: options.timeoutMs ?? 60_000,
    signal: options.signal ?? new AbortController().signal,
  };
}
