import {
  OperationFailedError,
  parseScore,
  type ReleaseSpec,
  resolveScore,
  type ScoreContainer,
  type ScoreProbe,
} from '@slipway/plugin-platform-node';
import type { StoredRelease } from './DeploymentStore';

/** How long a release may take to become ready. Kubernetes gives a deployment 10 minutes; a process needs less. */
const READINESS_TIMEOUT_MS = 30_000;
/** As Kubernetes' default `terminationGracePeriodSeconds` (2024): 30 s to finish requests after SIGTERM. */
const GRACE_PERIOD_MS = 30_000;

/**
 * Turns a release's `score.yaml` into what a runtime runs.
 * Throws `OperationFailedError` where the file asks for what can't be given.
 */
export function releaseSpec(
  release: StoredRelease,
  instanceId: string,
  environment: string,
  artifactFile: string,
): ReleaseSpec {
  const parsed = parseScore(release.score);
  const resource = Object.keys(parsed.resources ?? {})[0];
  if (resource) {
    throw new OperationFailedError({
      message: `score.yaml asks for the resource "${resource}", but environment "${environment}" defines no resource types yet.`,
      hint: 'Remove it from score.yaml, or ask the platform team to define it.',
    });
  }
  const workload = resolveScore(parsed, {});
  const containers = Object.entries(workload.containers);
  if (containers.length !== 1) {
    throw new OperationFailedError({
      message: `score.yaml has ${containers.length} containers; a service here runs as one process.`,
      hint: 'Keep one container in score.yaml.',
    });
  }
  const [[name, container]] = containers;
  return {
    ref: { service: release.service, environment },
    instanceId,
    releaseId: release.id,
    label: `v${release.number} ${release.commit.sha.slice(0, 7)}`,
    artifact: { digest: release.artifactDigest, file: artifactFile },
    command: commandOf(name, container),
    variables: container.variables ?? {},
    readiness: httpProbe(container.readinessProbe),
    liveness: httpProbe(container.livenessProbe),
    readinessTimeoutMs: READINESS_TIMEOUT_MS,
    gracePeriodMs: GRACE_PERIOD_MS,
  };
}

function commandOf(name: string, container: ScoreContainer): string[] {
  const command = [...(container.command ?? []), ...(container.args ?? [])];
  if (command.length === 0) {
    throw new OperationFailedError({
      message: `score.yaml: containers.${name} has no command, so there is nothing to start.`,
      hint: `Add command to containers.${name}, for example ["node", "src/main.js"].`,
    });
  }
  return command;
}

function httpProbe(probe: ScoreProbe | undefined): ReleaseSpec['readiness'] {
  return probe?.httpGet
    ? { path: probe.httpGet.path, host: probe.httpGet.host }
    : undefined;
}
