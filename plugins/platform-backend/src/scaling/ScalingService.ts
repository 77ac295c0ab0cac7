import { ConflictError, InputError } from '@backstage/errors';
import {
  OPERATION_RUN_KINDS,
  type Run,
  type RunPlan,
  type ServiceOperation,
} from '@slipway/plugin-platform-common';
import type { Runtime } from '@slipway/plugin-platform-node';
import type { DeploymentStore } from '../deployments';
import type { Environments } from '../environments';
import type { RunService } from '../runs';
import type { ServiceStore, StoredService } from '../services';
import type { OperationRunInput } from './operationInput';
import type { Place, ScaleStore } from './ScaleStore';

/** Who asks, and how. */
interface Asked {
  requestedBy: string;
  idempotencyKey?: string;
  hold?: boolean;
  goldenPath?: string;
}

/** Scales, restarts, stops and starts what serves: each as a run, in turn with the deployments there. */
export class ScalingService {
  readonly #store: ScaleStore;
  readonly #services: Pick<ServiceStore, 'get'>;
  readonly #deployments: Pick<DeploymentStore, 'serving'>;
  readonly #environments: Pick<Environments, 'require' | 'get'>;
  readonly #runtime: Pick<Runtime, 'observe'>;
  readonly #runs: Pick<RunService, 'start' | 'describe'>;

  constructor(options: {
    store: ScaleStore;
    services: Pick<ServiceStore, 'get'>;
    deployments: Pick<DeploymentStore, 'serving'>;
    environments: Pick<Environments, 'require' | 'get'>;
    runtime: Pick<Runtime, 'observe'>;
    runs: Pick<RunService, 'start' | 'describe'>;
  }) {
    this.#store = options.store;
    this.#services = options.services;
    this.#deployments = options.deployments;
    this.#environments = options.environments;
    this.#runtime = options.runtime;
    this.#runs = options.runs;
  }

  /** How many processes of it there shall be; never more than the environment takes by now. */
  async replicas(place: Place): Promise<number> {
    const policy = this.#environments.get(place.environment)?.replicas;
    const wanted = (await this.#store.get(place))?.replicas;
    return Math.min(
      wanted ?? policy?.default ?? 1,
      policy?.maximum ?? Number.POSITIVE_INFINITY,
    );
  }

  /** Throws `InputError` or `ConflictError` that says why it can't be done now. */
  async start(
    operation: ServiceOperation,
    input: OperationRunInput,
    asked: Asked,
  ): Promise<Run> {
    return this.#runs.start(await this.#runOf(operation, input, asked));
  }

  /** What it would do, and what the rules say to it. */
  async plan(
    operation: ServiceOperation,
    input: OperationRunInput,
    asked: Asked,
  ): Promise<RunPlan> {
    return this.#runs.describe(await this.#runOf(operation, input, asked));
  }

  async #runOf(
    operation: ServiceOperation,
    input: OperationRunInput,
    asked: Asked,
  ) {
    const { service, environment } = input;
    const { owner } = await this.#require(operation, input);
    return {
      ...asked,
      kind: OPERATION_RUN_KINDS[operation],
      input,
      target: targetOf(input),
      owner,
      service,
      environment,
    };
  }

  async #require(
    operation: ServiceOperation,
    { service, environment, replicas = 1 }: OperationRunInput,
  ): Promise<StoredService> {
    const { replicas: policy, title } = this.#environments.require(environment);
    const found = await this.#services.get(service);
    const what = `${service} in ${environment}`;
    if (!(await this.#deployments.serving(service, environment))) {
      throw new ConflictError(
        `Nothing of ${service} serves in ${environment}. Deploy a release first.`,
      );
    }
    const status = await this.#runtime.observe({ service, environment });
    if (operation === 'scale' && status.kind === 'job') {
      throw new InputError(
        `replicas: ${what} is a job, which never runs twice at once. Give it another schedule in score.yaml instead.`,
      );
    }
    if (operation === 'scale' && replicas > policy.maximum) {
      throw new InputError(
        `replicas: ${title} takes at most ${policy.maximum} of a service. Use at most ${policy.maximum}, or ask the platform team.`,
      );
    }
    if (operation === 'start' && !status.stopped) {
      throw new ConflictError(`${what} is not stopped.`);
    }
    if (operation !== 'start' && status.stopped) {
      throw new ConflictError(
        `${what} is stopped: ${status.stopped.reason}. Start it first.`,
      );
    }
    return found;
  }
}

/** In turn with deployments there. */
function targetOf({ service, environment }: Place): string {
  return `deploy:${service}:${environment}`;
}
