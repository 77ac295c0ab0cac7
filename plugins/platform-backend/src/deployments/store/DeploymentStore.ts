import type {
  Deployment,
  DeploymentCause,
  DeploymentState,
  Failure,
  Page,
  RolloutProgress,
  RolloutVerdict,
} from '@slipway/plugin-platform-common';
import type { InstanceSignals } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';

/** A deployment that is asked for. */
export interface NewDeployment {
  id: string;
  runId: string;
  service: string;
  environment: string;
  releaseId: string;
  requestedBy: string;
  cause: DeploymentCause;
  reason?: string;
}

/** Where a rollout is, and what was counted of both releases when this stage began. */
export interface StoredProgress extends RolloutProgress {
  /** The instance it takes over from. */
  previousInstance?: string;
  before?: InstanceSignals;
  now: InstanceSignals;
}

/** Which deployments are wanted, the newest first. */
export interface DeploymentFilter {
  services?: string[];
  environment?: string;
  releaseId?: string;
  state?: DeploymentState[];
}

/** Where deployments live. */
export interface DeploymentStore {
  insert(trx: Knex.Transaction, deployment: NewDeployment): Promise<void>;
  get(id: string): Promise<Deployment | undefined>;
  getByRun(runId: string): Promise<Deployment | undefined>;
  /** Throws `InputError` where the cursor is none that was given out. */
  list(
    filter: DeploymentFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Deployment>>;
  /** The serving and the newest deployment of each service and environment. */
  current(
    services: string[],
  ): Promise<Array<{ serving?: Deployment; latest: Deployment }>>;
  /** The deployment that traffic goes to. */
  serving(
    service: string,
    environment: string,
  ): Promise<Deployment | undefined>;
  /** The newest deployment that is on its way there. */
  underWay(
    service: string,
    environment: string,
  ): Promise<Deployment | undefined>;
  /** The newest that had the traffic of an environment with this release, and kept it until something else took over. */
  served(
    releaseId: string,
    environment: string,
  ): Promise<Deployment | undefined>;

  /** It is about another release than it was when it was asked for. */
  setRelease(id: string, releaseId: string): Promise<void>;
  setState(
    id: string,
    state: Exclude<DeploymentState, 'serving' | 'rolled-back'>,
    failure?: Failure,
  ): Promise<void>;
  /** Makes a deployment the serving one of its environment, and the one before superseded, in one transaction. */
  serve(id: string, url?: string): Promise<void>;
  /** The other way round: the one before serves again. A no-op where it is so. */
  rollBack(
    id: string,
    outcome: { failure: Failure; verdict?: RolloutVerdict },
  ): Promise<void>;
  /** What its rollout is waiting for; `undefined` where it is over. */
  progress(id: string): Promise<StoredProgress | undefined>;
  setProgress(id: string, progress: StoredProgress | undefined): Promise<void>;
  /** The version of the configuration that it is started with. */
  setConfiguration(id: string, version: number): Promise<void>;
  setVerdict(id: string, verdict: RolloutVerdict): Promise<void>;
  /** What served there doesn't any more: the service was taken out of the environment. */
  takenDown(service: string, environment: string): Promise<void>;
  /** Forgets the end of an earlier go, before the deployment is retried. */
  reopen(trx: Knex.Transaction, runId: string): Promise<void>;
}
