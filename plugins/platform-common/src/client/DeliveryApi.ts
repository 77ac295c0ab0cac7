import type {
  Deployment,
  DeploymentState,
  Release,
  ReleaseDetail,
  ReleaseHold,
} from '../deployments';
import type { Configuration, ConfigurationRequest } from '../configuration';
import type { ArtifactFact } from '../pipelines';
import type { Page, Run } from '../runs';
import type { RequestOptions, StartOptions } from './options';

/** Which deployments are wanted; of any service where none is named. */
export interface DeploymentsFilter {
  owner?: string[];
  service?: string;
  environment?: string;
  state?: DeploymentState[];
}

/** Releases, where they are brought, and what keeps them from it. */
export interface DeliveryApi {
  listReleases(service: string, options?: RequestOptions): Promise<Release[]>;
  getRelease(
    service: string,
    number: number,
    options?: RequestOptions,
  ): Promise<ReleaseDetail>;
  /** Of one service, the newest first. */
  listDeployments(
    filter: { service: string; environment?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<Deployment[]>;
  /** Of all services, the newest first. */
  pageDeployments(
    filter: DeploymentsFilter & { cursor?: string; limit?: number },
    options?: RequestOptions,
  ): Promise<Page<Deployment>>;
  /** Starts a deployment of an existing release: promotion and rollback alike. */
  deploy(
    request: {
      service: string;
      environment: string;
      releaseId: string;
      reason?: string;
    },
    options?: StartOptions,
  ): Promise<Run>;
  /** Brings back a release; left out, the one that served before. */
  rollBack(
    request: {
      service: string;
      environment: string;
      releaseId?: string;
      reason?: string;
    },
    options?: StartOptions,
  ): Promise<Run>;
  /** What is known of an artifact; empty where its pipeline reported nothing. */
  listFacts(digest: string, options?: RequestOptions): Promise<ArtifactFact[]>;
  /** What it is made of: a CycloneDX document. */
  getSbom(digest: string, options?: RequestOptions): Promise<object>;
  listHolds(service: string, options?: RequestOptions): Promise<ReleaseHold[]>;
  /** Keeps what a release was made from from being deployed. */
  placeHold(
    request: { service: string; release: number; reason: string },
    options?: RequestOptions,
  ): Promise<ReleaseHold>;
  liftHold(
    request: { service: string; id: string; reason: string },
    options?: RequestOptions,
  ): Promise<ReleaseHold>;
  getConfiguration(
    place: { service: string; environment: string },
    options?: RequestOptions,
  ): Promise<Configuration>;
  /** Starts a run that changes variables and secrets. */
  configure(
    request: ConfigurationRequest & { service: string; environment: string },
    options?: StartOptions,
  ): Promise<Run>;
}
