import { ConflictError } from '@backstage/errors';
import type {
  Deployment,
  Run,
  RunFilter,
} from '@slipway/plugin-platform-common';
import {
  type OperationContext,
  runEndedEvent,
  type Runtime,
  type Wait,
  waitForEvent,
} from '@slipway/plugin-platform-node';

/** What brings a service into environments by itself. */
const DELIVERY_KINDS = ['pipeline', 'deploy'];
const ACTIVE: RunFilter['state'] = [
  'planned',
  'waiting',
  'queued',
  'running',
  'cancelling',
  'undoing',
];
const STOP_MS = 60 * 60_000;
const PAGE = 200;

interface Runs {
  list(filter: RunFilter, page: { limit: number }): Promise<{ items: Run[] }>;
  cancel(id: string): Promise<Run>;
}

interface Deployments {
  current(
    services: string[],
  ): Promise<Array<{ serving?: Deployment; latest: Deployment }>>;
  takenDown(service: string, environment: string): Promise<void>;
}

type ForgetPlace = (place: {
  service: string;
  environment: string;
}) => Promise<void>;

/** Takes a service out of the environments it is in, or out of one, and keeps anything from bringing it back. */
export class ServiceRemoval {
  readonly #runs: Runs;
  readonly #deployments: Deployments;
  readonly #runtime: Pick<Runtime, 'remove'>;
  readonly #forget: ForgetPlace;

  /** @param options - `forget`: what people wanted of it there, which one of the same name must not inherit */
  constructor(options: {
    runs: Runs;
    deployments: Deployments;
    runtime: Pick<Runtime, 'remove'>;
    forget: ForgetPlace;
  }) {
    this.#runs = options.runs;
    this.#deployments = options.deployments;
    this.#runtime = options.runtime;
    this.#forget = options.forget;
  }

  /**
   * Cancels the pipelines and deployments under way, then removes the workloads. Answers what to wait for while something is
   * still under way; idempotent.
   *
   * @param from - the environment; left out, all of them, and pipelines are cancelled too
   */
  async takeDown(
    service: string,
    context: OperationContext,
    from?: string,
  ): Promise<Wait | undefined> {
    const stopping = await this.#stopRuns(service, from, context);
    if (stopping) {
      return waitForEvent({
        key: runEndedEvent(stopping.id),
        reason: `the end of "${stopping.title}"`,
        timeoutMs: STOP_MS,
      });
    }
    for (const { latest } of await this.#deployments.current([service])) {
      const { environment } = latest;
      if (from !== undefined && from !== environment) {
        continue;
      }
      await this.#runtime.remove({ service, environment }, context);
      await this.#forget({ service, environment });
      await this.#deployments.takenDown(service, environment);
      context.log(`Nothing of ${service} runs in ${environment} any more.`);
    }
    return undefined;
  }

  /** Answers a run that is still coming to its end. */
  async #stopRuns(
    service: string,
    environment: string | undefined,
    { log }: OperationContext,
  ): Promise<Run | undefined> {
    const { items } = await this.#runs.list(
      { service, environment, state: ACTIVE },
      { limit: PAGE },
    );
    let stopping: Run | undefined;
    for (const run of items) {
      if (DELIVERY_KINDS.includes(run.kind)) {
        log(`Cancelling "${run.title}".`);
        const { state } = await this.#runs.cancel(run.id).catch(error => {
          // It ended meanwhile, or is being undone.
          if (error instanceof ConflictError) {
            return run;
          }
          throw error;
        });
        if (state !== 'cancelled') {
          stopping = run;
        }
      }
    }
    return stopping;
  }
}
