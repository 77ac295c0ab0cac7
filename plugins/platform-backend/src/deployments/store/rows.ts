import type {
  CommitSummary,
  Deployment,
  DeploymentCause,
  DeploymentState,
  Failure,
  Release,
  ReleaseHold,
  RolloutVerdict,
} from '@slipway/plugin-platform-common';
import type { StoredProgress } from './DeploymentStore';
import type { StoredRelease } from './ReleaseStore';

/** One row of `releases`. */
export interface ReleaseRow {
  id: string;
  service: string;
  number: number;
  pipeline_id: string;
  commit: CommitSummary;
  artifact_digest: string;
  score: string;
  delivery: string | null;
  branch: string | null;
  created_at: Date;
}

/** One row of `deployments`, with the release that served before it. */
export interface DeploymentRow {
  id: string;
  run_id: string;
  service: string;
  environment: string;
  release_id: string;
  state: DeploymentState;
  cause: DeploymentCause;
  reason: string | null;
  previous_id: string | null;
  previous_release: number | null;
  rollout: StoredProgress | null;
  verdict: RolloutVerdict | null;
  configuration_version: number | null;
  url: string | null;
  failure: Failure | null;
  requested_by: string;
  created_at: Date;
  served_at: Date | null;
  ended_at: Date | null;
}

/** One row of `release_holds`. */
export interface HoldRow {
  id: string;
  service: string;
  artifact_digest: string;
  release: number;
  reason: string;
  verdict: RolloutVerdict | null;
  placed_by: string;
  placed_at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
  lifted_reason: string | null;
}

export function toRelease(row: ReleaseRow): StoredRelease {
  return {
    id: row.id,
    service: row.service,
    number: row.number,
    commit: row.commit,
    artifactDigest: row.artifact_digest,
    score: row.score,
    delivery: row.delivery ?? undefined,
    branch: row.branch ?? undefined,
    createdAt: row.created_at.toISOString(),
  };
}

/** As it is shown: how it is run is for the run to know. */
export function withoutFiles(row: ReleaseRow): Release {
  const { score: _, delivery: __, ...release } = toRelease(row);
  return release;
}

export function toDeployment(row: DeploymentRow, release: Release): Deployment {
  return {
    id: row.id,
    runId: row.run_id,
    service: row.service,
    environment: row.environment,
    release,
    state: row.state,
    cause: row.cause,
    reason: row.reason ?? undefined,
    previous:
      row.previous_id && row.previous_release
        ? { deploymentId: row.previous_id, release: row.previous_release }
        : undefined,
    rollout: row.rollout ? toProgress(row.rollout) : undefined,
    verdict: row.verdict ?? undefined,
    configuration: row.configuration_version || undefined,
    url: row.url ?? undefined,
    failure: row.failure ?? undefined,
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    servedAt: row.served_at?.toISOString(),
    endedAt: row.ended_at?.toISOString(),
  };
}

function toProgress({ stage, percent, since, until }: StoredProgress) {
  return { stage, percent, since, until };
}

export function toHold(row: HoldRow): ReleaseHold {
  return {
    id: row.id,
    service: row.service,
    artifactDigest: row.artifact_digest,
    release: row.release,
    reason: row.reason,
    verdict: row.verdict ?? undefined,
    placedBy: row.placed_by,
    placedAt: row.placed_at.toISOString(),
    lifted:
      row.lifted_at && row.lifted_by
        ? {
            by: row.lifted_by,
            at: row.lifted_at.toISOString(),
            reason: row.lifted_reason ?? '',
          }
        : undefined,
  };
}
