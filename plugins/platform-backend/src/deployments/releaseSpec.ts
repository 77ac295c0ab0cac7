import {
  OperationFailedError,
  parseScore,
  Placeholders,
  type ReleaseSpec,
  releaseWork,
  type ResourceOutputs,
  resolveScore,
  type ScoreContainer,
  type ScoreProbe,
} from '@slipway/plugin-platform-node';
import { configurationAliases } from '../configuration';
import type { StoredRelease } from './store';
import { releaseFiles } from './releaseFiles';

/** How long a release may take to become ready. Kubernetes gives a deployment 10 minutes; a process needs less. */
const READINESS_TIMEOUT_MS = 30_000;
/** As Kubernetes' default `terminationGracePeriodSeconds` (2024): 30 s to finish requests after SIGTERM. */
const GRACE_PERIOD_MS = 30_000;

/** What is deployed, where, and with what. */
export interface ReleaseSpecOptions {
  release: StoredRelease;
  /** See `ReleaseSpec.instanceId`. */
  instanceId: string;
  environment: string;
  /** Where the artifact is on this machine. */
  artifactFile: string;
  /** What the resources of its `score.yaml` offer, by the names that it gives them. */
  outputs: ResourceOutputs;
  /** What the environment gives it, secrets included; over what `score.yaml` says. */
  configured: Record<string, string>;
  /** Reads a file of the artifact; `undefined` where there is none. */
  readFile(file: string, limit: number): Promise<Buffer | undefined>;
}

/**
 * Turns a release's `score.yaml` into what a runtime runs.
 * Throws `OperationFailedError` where the file asks for what can't be given.
 */
export async function releaseSpec(
  options: ReleaseSpecOptions,
): Promise<ReleaseSpec> {
  const { release, environment, configured } = options;
  const parsed = parseScore(release.score);
  const outputs = {
    ...options.outputs,
    ...Object.fromEntries(
      configurationAliases(parsed).map(alias => [alias, configured]),
    ),
  };
  const missing = Object.entries(parsed.resources ?? {}).find(
    ([name]) => !Object.hasOwn(outputs, name),
  );
  if (missing) {
    const [name, { type }] = missing;
    throw new OperationFailedError({
      message: `score.yaml asks for the resource "${name}" of the type ${type}, which is not there in the environment "${environment}".`,
      hint: 'Remove it from score.yaml, or ask the platform team to define its type.',
    });
  }
  const containers = Object.entries(resolveScore(parsed, outputs).containers);
  if (containers.length !== 1) {
    throw new OperationFailedError({
      message: `score.yaml has ${containers.length} containers; a service here runs as one process.`,
      hint: 'Keep one container in score.yaml.',
    });
  }
  const [[name, container]] = containers;
  return {
    ref: { service: release.service, environment },
    instanceId: options.instanceId,
    releaseId: release.id,
    label: `v${release.number} ${release.commit.sha.slice(0, 7)}`,
    artifact: { digest: release.artifactDigest, file: options.artifactFile },
    command: commandOf(name, container),
    variables: { ...container.variables, ...configured },
    volumes: (container.volumes ?? []).map(({ readOnly = false, ...rest }) => ({
      ...rest,
      readOnly,
    })),
    files: await releaseFiles(
      container.files ?? [],
      new Placeholders(parsed, outputs),
      options.readFile,
    ),
    work: releaseWork(parsed),
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
