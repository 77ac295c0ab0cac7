import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JobStatus } from '@slipway/plugin-platform-common';
import type { LocalRuntime } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import { createContext, createRelease, REF } from './createTestAgent';

/** The job that tests run every second, and what they tell it to do. */
export class TestJob {
  readonly #artifact: ReleaseSpec['artifact'];
  readonly #plan: string;

  constructor(artifact: ReleaseSpec['artifact'], directory: string) {
    this.#artifact = artifact;
    this.#plan = path.join(directory, 'plan.json');
    this.plan({});
  }

  /** What runs do that begin from now on. */
  plan(plan: { forMs?: number; code?: number }): void {
    writeFileSync(this.#plan, JSON.stringify(plan), { mode: 0o644 });
  }

  release(
    id: string,
    work: { schedule?: string; timeZone?: string; timeLimitMs?: number } = {},
    overrides: Partial<ReleaseSpec> = {},
  ): ReleaseSpec {
    return createRelease(
      this.#artifact,
      id,
      { PLAN: this.#plan },
      {
        command: ['node', 'job.mjs'],
        readiness: undefined,
        work: {
          kind: 'job',
          schedule: '* * * * * *',
          timeZone: 'UTC',
          timeLimitMs: 60_000,
          ...work,
        },
        ...overrides,
      },
    );
  }
}

/** Deploys a release: it is the one that serves when this resolves. */
export async function takeOver(
  runtime: LocalRuntime,
  release: ReleaseSpec,
): Promise<{ url?: string; lines: string[] }> {
  const context = createContext();
  await runtime.start(release, context);
  const took = await runtime.switchTraffic(REF, release.instanceId, context);
  await runtime.retire(REF, release.instanceId, context);
  return { ...took, lines: context.lines };
}

/** How the job is doing. */
export async function jobOf(runtime: LocalRuntime): Promise<JobStatus> {
  const { job } = await runtime.observe(REF);
  if (!job) {
    throw new Error('No job serves.');
  }
  return job;
}

/** What the job printed, and the agent about it: the texts alone. */
export async function printedOf(runtime: LocalRuntime): Promise<string[]> {
  const { signal } = new AbortController();
  const lines: string[] = [];
  const options = { tail: 1_000, follow: false, signal };
  for await (const { text } of runtime.logs(REF, options)) {
    lines.push(text.startsWith('{') ? JSON.parse(text).msg : text);
  }
  return lines;
}
