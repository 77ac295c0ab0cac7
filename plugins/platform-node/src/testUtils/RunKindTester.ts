import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { PlannedChange } from '@slipway/plugin-platform-common';
import {
  type RunKind,
  type StepDefinition,
  type StepResult,
  type UndoContext,
  Wait,
  type WaitRequest,
  type WaitResult,
} from '../runs';

/** What a {@link RunKindTester} saw a kind do. */
export interface TestedRun {
  outputs: Record<string, JsonObject>;
  /** What the steps asked to wait for, in order. */
  waits: WaitRequest[];
  log: string[];
  secrets: string[];
  /** What the run would list as still there. */
  remains: string[];
}

/**
 * Executes a kind of run as hard as the engine may: every step is called again after it has done its work, as after a crash just
 * before its checkpoint, and every undo as well, without an output too. What holds here holds when processes die.
 * Steps run one after the other, in memory; errors are thrown as they come, without retries.
 */
export class RunKindTester<TInput extends JsonObject> {
  readonly #kind: RunKind<TInput>;
  readonly #answer: (wait: WaitRequest) => WaitResult;
  readonly #input: TInput;
  readonly #run: TestedRun = {
    outputs: {},
    waits: [],
    log: [],
    secrets: [],
    remains: [],
  };
  #planned: PlannedChange[] = [];
  readonly #attempted: StepDefinition<TInput>[] = [];

  /**
   * @param kind - as it was before `createRunKind`
   * @param input - parsed by the kind's schema, as the platform does
   * @param answer - how waits end; left out, everything is approved and happens, with no payload
   */
  constructor(
    kind: RunKind<TInput>,
    input: unknown,
    answer: (wait: WaitRequest) => WaitResult = () => ({ outcome: 'resumed' }),
  ) {
    this.#kind = kind;
    this.#answer = answer;
    this.#input = kind.input.parse(input);
  }

  /** Executes every step, each twice. Throws what a step throws; what ran until then can be undone. */
  async execute(): Promise<TestedRun> {
    this.#planned = (await this.#kind.plan?.(this.#input)) ?? [];
    for (const step of this.#inOrder()) {
      this.#attempted.push(step);
      this.#remember(step);
      const first = await this.#toEnd(step.id, context =>
        step.execute(context),
      );
      const again = await this.#toEnd(step.id, context =>
        step.execute(context),
      );
      requireSame(step, first, again);
      this.#run.outputs[step.id] = step.output?.parse(first) ?? first;
      this.#remember(step, first);
    }
    return this.#run;
  }

  /** Undoes every step that was attempted, the last one first, each twice: with its output, and as if it had none. */
  async undo(): Promise<TestedRun> {
    for (const step of [...this.#attempted].reverse()) {
      const { undo } = step;
      if (undo) {
        const done = this.#run.outputs[step.id];
        for (const output of [done, undefined]) {
          await this.#toEnd(`undo:${step.id}`, context =>
            undo({ ...context, done: output }),
          );
        }
        const gone = this.#remainsOf(step, done);
        this.#run.remains = this.#run.remains.filter(
          what => !gone.includes(what),
        );
      }
    }
    return this.#run;
  }

  #inOrder(): StepDefinition<TInput>[] {
    const ordered: StepDefinition<TInput>[] = [];
    let open = [...this.#kind.steps];
    while (open.length > 0) {
      const next = open.find(step =>
        this.#dependenciesOf(step).every(id =>
          ordered.some(before => before.id === id),
        ),
      );
      if (!next) {
        throw new ConflictError(
          `These steps wait for each other: ${open.map(({ id }) => id).join(', ')}.`,
        );
      }
      ordered.push(next);
      open = open.filter(step => step !== next);
    }
    return ordered;
  }

  #dependenciesOf(step: StepDefinition<TInput>): string[] {
    const before = this.#kind.steps[this.#kind.steps.indexOf(step) - 1];
    return step.dependsOn ?? (before ? [before.id] : []);
  }

  async #toEnd(
    stepId: string,
    call: (context: UndoContext<TInput>) => Promise<StepResult>,
  ): Promise<JsonObject> {
    let resumed: WaitResult | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const result = await call(this.#context(stepId, attempt, resumed));
      if (!(result instanceof Wait)) {
        return result ?? {};
      }
      this.#run.waits.push(result.request);
      resumed = this.#answer(result.request);
    }
  }

  #context(
    stepId: string,
    attempt: number,
    resumed: WaitResult | undefined,
  ): UndoContext<TInput> {
    const { outputs, log, secrets } = this.#run;
    return {
      runId: '00000000-0000-4000-8000-000000000000',
      attempt,
      input: this.#input,
      requestedBy: 'user:default/requester',
      owner: 'group:default/owners',
      planned: this.#planned,
      idempotencyKey: `test:${stepId}`,
      signal: new AbortController().signal,
      resumed,
      log: text => log.push(text),
      output: id => {
        if (!outputs[id]) {
          throw new Error(`Step "${id}" has no output to read.`);
        }
        return outputs[id] as never;
      },
      secret: async value => {
        secrets.push(value);
      },
      callback: async ({ name, reason }) => ({
        url: `http://localhost/callbacks/${stepId}/${name}`,
        wait: new Wait({ kind: 'callback', reason, id: `${stepId}/${name}` }),
      }),
    };
  }

  #remainsOf(step: StepDefinition<TInput>, done?: JsonObject): string[] {
    const { outputs } = this.#run;
    return step.remains?.({ input: this.#input, outputs, done }) ?? [];
  }

  #remember(step: StepDefinition<TInput>, done?: JsonObject): void {
    const { remains } = this.#run;
    this.#run.remains = [
      ...new Set([...remains, ...this.#remainsOf(step, done)]),
    ];
  }
}

function requireSame(
  step: { id: string },
  first: JsonObject,
  again: JsonObject,
): void {
  if (JSON.stringify(first) !== JSON.stringify(again)) {
    throw new Error(
      `Step "${step.id}" isn't idempotent: called again under the same key, it returned ${JSON.stringify(again)} after ${JSON.stringify(first)}.`,
    );
  }
}
