import type {
  Artifact,
  Deployment,
  DeploymentState,
  Failure,
  Release,
} from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** A release with the workload description it was made with. */
export type StoredRelease = Release & { score: string };

/** Where releases and deployments live. */
export interface DeploymentStore {
  /** Makes the release of a pipeline, under the service's next number; answers the one that exists. */
  release(request: {
    service: string;
    pipelineId: string;
    commit: Release['commit'];
    artifact: Artifact;
    score: string;
  }): Promise<StoredRelease>;
  getRelease(id: string): Promise<StoredRelease | undefined>;
  listReleases(service: string, limit: number): Promise<Release[]>;

  insert(
    trx: Knex.Transaction,
    deployment: {
      id: string;
      runId: string;
      service: string;
      environment: string;
      releaseId: string;
      requestedBy: string;
    },
  ): Promise<void>;
  get(id: string): Promise<Deployment | undefined>;
  getByRun(runId: string): Promise<Deployment | undefined>;
  list(filter: {
    service: string;
    environment?: string;
    limit: number;
  }): Promise<Deployment[]>;
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
  newestNumbers(services: string[]): Promise<Map<string, number>>;

  /** It is about another release than it was when it was asked for. */
  setRelease(id: string, releaseId: string): Promise<void>;
  setState(
    id: string,
    state: Exclude<DeploymentState, 'serving'>,
    failure?: Failure,
  ): Promise<void>;
  /** Makes a deployment the serving one of its environment, and the one before superseded, in one transaction. */
  serve(id: string, url: string): Promise<void>;
  /** What served there doesn't any more: the service was taken out of the environment. */
  takenDown(service: string, environment: string): Promise<void>;
  /** Forgets the end of an earlier go, before the deployment is retried. */
  reopen(trx: Knex.Transaction, runId: string): Promise<void>;
}
