import type {
  ReleaseSpec,
  ResourceOutputs,
} from '@slipway/plugin-platform-node';
import type { Configured } from '../../configuration';
import type { DeployInput } from '../DeployInput';
import type { DeployRunDependencies } from '../DeployRunDependencies';
import { releaseSpec } from '../releaseSpec';
import type { StoredRelease } from '../store';
import {
  type DeployContext,
  type DeployVersion,
  releaseIdOf,
  requireRelease,
  usesOf,
} from './context';

/** What the runtime is to run. */
export async function specOf(
  { artifacts }: Pick<DeployRunDependencies, 'artifacts'>,
  { deploymentId, environment }: DeployInput,
  release: StoredRelease,
  outputs: ResourceOutputs,
  configured: Configured,
): Promise<ReleaseSpec> {
  const { artifactDigest } = release;
  return releaseSpec({
    release,
    instanceId: deploymentId,
    environment,
    artifactFile: await artifacts.fileOf(artifactDigest),
    outputs,
    configured: { ...configured.variables, ...configured.secrets },
    readFile: (file, limit) => artifacts.readFile(artifactDigest, file, limit),
  });
}

/** Starts it, with everything that its resources offer at this moment, and answers what was started. Where it runs already, this does nothing. */
export async function startRelease(
  dependencies: DeployRunDependencies,
  context: DeployContext,
  version: DeployVersion,
): Promise<ReleaseSpec> {
  const { connections, configurations, runtime, store } = dependencies;
  const { deploymentId, service, environment } = context.input;
  const release = await requireRelease(dependencies, releaseIdOf(context));
  const { outputs, secrets } = await connections.outputsFor(
    usesOf(context, version),
  );
  const configured = await configurations.configured({ service, environment });
  for (const value of [...secrets, ...Object.values(configured.secrets)]) {
    await context.secret(value);
  }
  await store.setConfiguration(deploymentId, configured.version);
  const spec = await specOf(
    dependencies,
    context.input,
    release,
    outputs,
    configured,
  );
  const replicas = await dependencies.replicas({ service, environment });
  await runtime.start(
    // A job never runs twice at once.
    spec.work?.kind === 'job' ? spec : { ...spec, replicas },
    context,
  );
  return spec;
}

/** The same in a step after the one that started it: it was stopped when the run failed there, and was retried. */
export async function startAgain(
  dependencies: DeployRunDependencies,
  context: DeployContext,
  version: DeployVersion,
): Promise<void> {
  if (context.attempt > 1 && !context.resumed) {
    await startRelease(dependencies, context, version);
  }
}
