import { InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  type Page,
  type Run,
  type RunFilter,
  type RunStreamEvent,
} from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import type { RunEngine } from './RunEngine';
import type { RunEvents } from './RunEvents';
import type { RunChange, RunStore } from './RunStore';
import { stepsOfKind } from './stepsOfKind';

/** What a caller wants done. */
export interface StartRun {
  kind: string;
  input: JsonObject;
  /** At most one run acts on a target at a time; the others wait in line. */
  target: string;
  /** Higher goes first among those in line. */
  priority?: number;
  requestedBy: string;
  owner: string;
  service?: string;
  environment?: string;
  /** Starting again under the same key answers the run that exists. */
  idempotencyKey?: string;
}

/** How many log lines a stream sends at a time. */
const LOG_BATCH = 500;
/** How often a stream looks by itself, for changes made by another backend. */
const STREAM_POLL_MS = 1_000;

/** What the rest of the platform, and its API, do with runs. */
export class RunService {
  readonly #store: RunStore;
  readonly #engine: RunEngine;
  readonly #events: RunEvents;
  readonly #kinds: ReadonlyMap<string, RunKind>;

  constructor(options: {
    store: RunStore;
    engine: RunEngine;
    events: RunEvents;
    kinds: ReadonlyMap<string, RunKind>;
  }) {
    this.#store = options.store;
    this.#engine = options.engine;
    this.#events = options.events;
    this.#kinds = options.kinds;
  }

  /**
   * Stores a run and starts it, or puts it in line. `record` writes what belongs to the run in the same
   * transaction; it is not called when the idempotency key is known.
   */
  async start(
    request: StartRun,
    record?: (trx: Knex.Transaction, runId: string) => Promise<void>,
  ): Promise<Run> {
    const kind = this.#kinds.get(request.kind);
    if (!kind) {
      throw new InputError(
        `There is no kind of run called "${request.kind}". There are: ${[...this.#kinds.keys()].join(', ')}.`,
      );
    }
    const input = kind.input.parse(request.input);
    const { id, changes } = await this.#store.transaction(async trx => {
      const inserted = await this.#store.insert(trx, {
        ...request,
        id: randomUUID(),
        input,
        kindVersion: kind.version,
        title: kind.title(input),
        priority: request.priority ?? 0,
        steps: stepsOfKind(kind),
      });
      if (inserted.existed) {
        return { id: inserted.id, changes: [] };
      }
      await record?.(trx, inserted.id);
      const started = await this.#store.startNext(trx, request.target);
      return {
        id: inserted.id,
        changes: started ? await this.#engine.commit(trx, started) : [],
      };
    });
    this.#engine.announce(changes);
    const run = await this.get(id);
    if (run.state === 'queued') {
      this.#events.runChanged(run);
    }
    return run;
  }

  async cancel(id: string): Promise<Run> {
    const changes = await this.#store.transaction(async trx =>
      this.#engine.commit(trx, await this.#store.cancelRun(trx, id)),
    );
    this.#engine.announce(changes);
    return this.get(id);
  }

  /** `record` prepares what belongs to the run for another go, in the same transaction. */
  async retry(
    id: string,
    record?: (trx: Knex.Transaction) => Promise<void>,
  ): Promise<Run> {
    const { target } = await this.get(id);
    const changes = await this.#store.transaction(async trx => {
      await this.#store.retryRun(trx, id);
      await record?.(trx);
      const started: RunChange | undefined = await this.#store.startNext(
        trx,
        target,
      );
      return started ? this.#engine.commit(trx, started) : [];
    });
    this.#engine.announce(changes);
    return this.get(id);
  }

  async get(id: string): Promise<Run> {
    const run = /^[0-9a-f-]{36}$/.test(id)
      ? await this.#store.get(id)
      : undefined;
    if (!run) {
      throw new NotFoundError(`There is no run ${id}.`);
    }
    return run;
  }

  list(
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Run>> {
    return this.#store.list(filter, page);
  }

  /**
   * A run and its log from the beginning, then whatever changes, until the run has ended.
   * `companion` adds what a kind of run has to show beside its steps.
   */
  async *stream(
    id: string,
    signal: AbortSignal,
    companion: (run: Run) => Promise<RunStreamEvent | undefined>,
  ): AsyncIterable<RunStreamEvent> {
    let after = 0;
    const shown = new Map<string, string>();
    while (!signal.aborted) {
      // Asked for before reading, so that nothing is missed between reading and waiting.
      const stop = new AbortController();
      const changed = this.#events.next(
        id,
        STREAM_POLL_MS,
        AbortSignal.any([signal, stop.signal]),
      );
      const run = await this.get(id);
      const state: RunStreamEvent[] = [{ type: 'run', run }];
      const beside = await companion(run);
      if (beside) {
        state.push(beside);
      }
      for (const event of state) {
        const text = JSON.stringify(event);
        if (shown.get(event.type) !== text) {
          shown.set(event.type, text);
          yield event;
        }
      }
      const lines = await this.#store.readLog(id, after, LOG_BATCH);
      if (lines.length > 0) {
        after = lines[lines.length - 1].sequence;
        yield { type: 'log', lines };
      }
      if (lines.length === LOG_BATCH) {
        stop.abort();
      } else if (isFinalRunState(run.state)) {
        stop.abort();
        yield { type: 'end' };
        return;
      }
      await changed;
    }
  }
}
