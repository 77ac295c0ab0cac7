import {
  OperationFailedError,
  parseDelivery,
  parseScore,
  type ReleaseSpec,
} from '@slipway/plugin-platform-node';
import type { DeployInput } from '../DeployInput';
import type { DeployRunDependencies } from '../DeployRunDependencies';
import { requirePromotable } from '../promotionRules';
import { releaseLabel } from '../releaseLabel';
import type { StoredRelease } from '../store';
import { type DeployContext, type DeployStep, requireRelease } from './context';
import { specOf } from './startRelease';

/** Looks whether the release may go there, and could run there, before anything is done. */
export function prepareStep(dependencies: DeployRunDependencies): DeployStep {
  const { store, resources, rules, configurations } = dependencies;
  return {
    id: 'prepare',
    title: 'Check the release',
    async execute(context) {
      const { input, log } = context;
      const { deploymentId, environment, service, cause = 'manual' } = input;
      await store.setState(deploymentId, 'rolling-out');
      const releaseId = input.refresh
        ? await servingNow(dependencies, input)
        : input.releaseId;
      if (!releaseId) {
        log(`Nothing of ${service} serves in ${environment}.`);
        return { idle: true };
      }
      requireAgreedLosses(context);
      const release = await requireRelease(dependencies, releaseId);
      await requireSameBefore(dependencies, input);
      await requirePromotable(rules, release, environment, cause).catch(
        (error: Error) => {
          throw new OperationFailedError({ message: error.message });
        },
      );
      parseScore(release.score);
      const checks = parseDelivery(release.delivery);
      await requireConfigured(dependencies, input, release);
      const standIns = await resources.check(release, environment);
      const configured = await configurations.configured({
        service,
        environment,
      });
      const spec = await specOf(
        dependencies,
        input,
        release,
        standIns,
        configured,
      );
      if (checks.length > 0) {
        requireAskable(spec);
      }
      log(`${spec.label}: ${spec.command.join(' ')}`);
      return { releaseId };
    },
  };
}

/** Smoke checks need something that answers them. */
function requireAskable({ work, readiness }: ReleaseSpec): void {
  if (work && work.kind !== 'service' && !readiness) {
    throw new OperationFailedError({
      message:
        'delivery.yaml has smoke checks, but score.yaml has neither ports in service nor a readinessProbe with httpGet, so nothing would answer them.',
      hint: 'Remove the smoke checks, or let a worker answer a probe on the port in PORT.',
    });
  }
}

/** What `score.yaml` takes from the configuration has to be there. */
async function requireConfigured(
  { configurations }: DeployRunDependencies,
  { service, environment }: DeployInput,
  release: StoredRelease,
): Promise<void> {
  const missing = await configurations.missing(
    { service, environment },
    release.score,
  );
  if (missing.length > 0) {
    throw new OperationFailedError({
      message: `score.yaml asks for ${missing.join(', ')}, which the configuration of ${service} in ${environment} does not have.`,
      hint: "Set it on the service's Configuration tab, then retry.",
    });
  }
}

/** Another release may serve by now than the one that did when this was asked for. */
async function servingNow(
  { store }: DeployRunDependencies,
  { deploymentId, service, environment }: DeployInput,
): Promise<string | undefined> {
  const serving = await store.serving(service, environment);
  if (serving) {
    await store.setRelease(deploymentId, serving.release.id);
  }
  return serving?.release.id;
}

/** What was shown is what is done: where another release has taken over meanwhile, somebody has to look again. */
async function requireSameBefore(
  { store }: DeployRunDependencies,
  { service, environment, instead, releaseId }: DeployInput,
): Promise<void> {
  if (instead === undefined) {
    return;
  }
  const serving = await store.serving(service, environment);
  const now = serving?.release.id ?? '';
  if (serving && now !== instead && now !== releaseId) {
    throw new OperationFailedError({
      message: `${releaseLabel(serving.release)} serves in ${environment} since this was asked for, by another deployment.`,
      hint: 'Look at what serves now, and deploy again if you still want to.',
    });
  }
}

/** What loses data isn't done because a push says so: somebody has to have seen it. */
function requireAgreedLosses({ planned, input }: DeployContext): void {
  const loss = planned.find(
    ({ action, dataLoss }) => dataLoss !== undefined && action !== 'remove',
  );
  if (loss && !input.planShown) {
    throw new OperationFailedError({
      message: `To ${loss.action} ${loss.what} as score.yaml says would lose data: ${loss.dataLoss}`,
      hint: "If that is what you want, deploy this release from the service's page, where you are shown what is lost. If not, change score.yaml.",
    });
  }
}
