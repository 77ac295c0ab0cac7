import type { JsonObject } from '@backstage/types';
import type { Run } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  type RunKind,
  type StepDefinition,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { z, type ZodType } from 'zod';
import type { Rules, Runs, RunSecrets, RunService } from '../runs';
import { startEngine } from './engine';

/** A kind of run made of these steps. */
export function kindOf(
  steps: StepDefinition[],
  more: Partial<RunKind> = {},
): RunKind {
  return createRunKind({
    id: 'test',
    version: 1,
    input: z.looseObject({}) as unknown as ZodType<JsonObject>,
    title: () => 'Test',
    steps,
    ...more,
  });
}

/** What starts a run of {@link kindOf}. */
export function request(target = 'somewhere', more = {}) {
  return {
    kind: 'test',
    input: {},
    target,
    requestedBy: 'user:default/mara',
    owner: 'group:default/payments',
    ...more,
  };
}

/** The run as it is when it has ended. */
export async function ended(runs: RunService, id: string): Promise<Run> {
  let last: Run | undefined;
  for await (const event of runs.stream(id, AbortSignal.timeout(30_000))) {
    if (event.type === 'run') {
      last = event.run;
    }
  }
  return last ?? runs.get(id);
}

/** Something to wait for, and what ends the wait. */
export function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

/** A database for each test, and engines on it that stop with the test. */
export function useEngines(createDatabase: () => Promise<Knex>) {
  let knex: Knex;
  const started: Runs[] = [];

  beforeEach(async () => {
    knex = await createDatabase();
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map(runs => runs.stop()));
  });

  async function startWith(
    options: { rules?: Rules; secrets?: RunSecrets },
    ...kinds: RunKind[]
  ) {
    const all = await startEngine(knex, kinds, options);
    started.push(all);
    return { ...all, runs: all.service };
  }

  return {
    database: () => knex,
    start: (...kinds: RunKind[]) => startWith({}, ...kinds),
    startWith,
  };
}
