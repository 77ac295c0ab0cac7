import type { Deployment, Environment, WorkloadStatus } from '../deployments';
import type { Pipeline } from '../pipelines';
import type { Repository } from '../repositories';
import type { Run } from '../runs';

/** A service in one environment. */
export interface ServiceEnvironment {
  environment: Environment;
  status: WorkloadStatus;
  /** The deployment that traffic goes to. */
  serving?: Deployment;
  /** The newest deployment, where it is another one than `serving`. */
  latest?: Deployment;
  /** How many releases the serving one is behind the newest. */
  releasesBehind: number;
}

/** All that the service page's overview and delivery tabs show. */
export interface ServiceOverview {
  service: string;
  owner: string;
  repository?: Repository;
  environments: ServiceEnvironment[];
  latestPipeline?: Pipeline;
  /** Runs under way or queued. */
  activeRuns: Run[];
}

/** One service in a list. */
export interface ServiceSummary {
  service: string;
  description: string;
  owner: string;
  environments: Array<{
    environment: string;
    health: WorkloadStatus['health'];
    release?: { number: number; sha: string };
    url?: string;
  }>;
  latestPipeline?: Pick<Pipeline, 'id' | 'runId' | 'state'>;
}

/** Whether a service name can be had. */
export interface NameCheck {
  name: string;
  available: boolean;
  /** Why not, and what would do. */
  reason?: string;
}
