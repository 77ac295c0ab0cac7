import type { JsonObject } from '@backstage/types';
import {
  OperationFailedError,
  type ResourceOutputs,
  type StepContext,
  type StepDefinition,
  type StepResult,
  Wait,
} from '@slipway/plugin-platform-node';
import type { UnusedResource } from '../resources';
import type { DeployInput } from './DeployInput';
import type { DeployRunDependencies } from './DeployRunDependencies';
import type { StoredRelease } from './DeploymentStore';
import type { Uses } from './ReleaseResources';
import { releaseSpec } from './releaseSpec';

type Context = StepContext<DeployInput>;
type Step = StepDefinition<DeployInput>;

/** The steps that deployments had before there were resources. */
const FIRST_VERSION = ['prepare', 'start', 'switch', 'retire'];

/** The steps of a deployment, in order; of version 1 as well, with which runs may be under way. */
export function deploySteps(
  dependencies: DeployRunDependencies,
  version: 1 | 2,
): Step[] {
  const { store, artifacts, runtime, resources, connections } = dependencies;
  const usesOf = (context: Context): Uses =>
    version === 1 ? {} : context.output<{ uses: Uses }>('resources').uses;

  async function specOf(
    { deploymentId, environment }: DeployInput,
    release: StoredRelease,
    outputs: ResourceOutputs,
  ) {
    const { artifactDigest } = release;
    return releaseSpec({
      release,
      instanceId: deploymentId,
      environment,
      artifactFile: await artifacts.fileOf(artifactDigest),
      outputs,
      readFile: (file, limit) =>
        artifacts.readFile(artifactDigest, file, limit),
    });
  }

  /** What it starts now, with everything that its resources offer at this moment. */
  async function start(context: Context) {
    const release = await requireRelease(dependencies, releaseIdOf(context));
    const { outputs, secrets } = await connections.outputsFor(usesOf(context));
    for (const value of secrets) {
      await context.secret(value);
    }
    await runtime.start(await specOf(context.input, release, outputs), context);
  }

  const steps: Step[] = [
    {
      id: 'prepare',
      title: 'Check the release',
      async execute(context) {
        const { input, log } = context;
        const { deploymentId, environment } = input;
        await store.setState(deploymentId, 'rolling-out');
        const releaseId = input.refresh
          ? await servingNow(dependencies, input)
          : input.releaseId;
        if (!releaseId) {
          log(`Nothing of ${input.service} serves in ${environment}.`);
          return { idle: true };
        }
        requireAgreedLosses(context);
        const release = await requireRelease(dependencies, releaseId);
        const standIns = await resources.check(release, environment);
        const spec = await specOf(input, release, standIns);
        log(`${spec.label}: ${spec.command.join(' ')}`);
        return { releaseId };
      },
    },
    unlessIdle({
      id: 'resources',
      title: 'Provide its resources',
      async execute(context) {
        const { input } = context;
        const { environment, refresh } = input;
        const release = await requireRelease(
          dependencies,
          releaseIdOf(context),
        );
        const uses = refresh
          ? await resources.existing(release, environment)
          : await resources.ensure(
              release,
              environment,
              await connections.onBehalfOf(context, 'resources'),
            );
        if (uses instanceof Wait) {
          return uses;
        }
        await connections.connect(deploymentOf(input), uses);
        return { uses };
      },
    }),
    unlessIdle({
      id: 'start',
      title: 'Start beside',
      async execute(context) {
        await start(context);
        return { instanceId: context.input.deploymentId };
      },
    }),
    unlessIdle({
      id: 'switch',
      title: 'Switch traffic',
      async execute(context) {
        const { deploymentId, service, environment } = context.input;
        if (context.attempt > 1) {
          // It was stopped when the run failed here; where it still runs, this does nothing.
          await start(context);
        }
        const { url } = await runtime.switchTraffic(
          { service, environment },
          instanceOf(context),
          context,
        );
        await store.serve(deploymentId, url);
        context.log(`New requests go to this release: ${url}`);
        const unused =
          context.input.refresh || version === 1
            ? []
            : await connections.unused.find(
                { service, environment },
                Object.values(usesOf(context)),
              );
        return { url, unused: unused.map(each => ({ ...each })) };
      },
    }),
    unlessIdle({
      id: 'retire',
      title: 'Retire the old release',
      async execute(context) {
        const { service, environment } = context.input;
        const ref = { service, environment };
        await runtime.retire(ref, instanceOf(context), context);
      },
    }),
    unlessIdle({
      id: 'settle',
      title: 'Settle what is used',
      async execute(context) {
        const { input, log } = context;
        await connections.takeOver(deploymentOf(input));
        const used = Object.values(usesOf(context));
        await connections.unused.keep(await connections.named(used), log);
        const behalf = await connections.onBehalfOf(context, 'settle');
        const { unused } = context.output<{ unused: UnusedOutput[] }>('switch');
        for (const each of unused) {
          await connections.unused.planRemoval(each, behalf);
        }
      },
    }),
  ];
  return version === 1
    ? steps.filter(({ id }) => FIRST_VERSION.includes(id))
    : steps;
}

type UnusedOutput = UnusedResource & JsonObject;

/** The deployment that a run is about. */
export function deploymentOf({
  deploymentId,
  service,
  environment,
}: DeployInput) {
  return { id: deploymentId, service, environment };
}

/** The release that the first step has settled on. */
function releaseIdOf({ input, output }: Context): string {
  return output<{ releaseId?: string }>('prepare').releaseId ?? input.releaseId;
}

/** What the run started. One that was started by a portal of before instances had ids of their own is known by its release. */
function instanceOf({ input, output }: Context): string {
  return output<{ instanceId?: string }>('start').instanceId ?? input.releaseId;
}

/** Where nothing serves that could be given anything, there is nothing to do. */
function unlessIdle(step: Step): Step {
  return {
    ...step,
    async execute(context): Promise<StepResult> {
      const { idle } = context.output<{ idle?: boolean }>('prepare');
      return idle ? undefined : step.execute(context);
    },
  };
}

async function requireRelease(
  { store }: DeployRunDependencies,
  releaseId: string,
): Promise<StoredRelease> {
  const release = await store.getRelease(releaseId);
  if (!release) {
    throw new OperationFailedError({ message: 'The release is gone.' });
  }
  return release;
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

/** What loses data isn't done because a push says so: somebody has to have seen it. */
function requireAgreedLosses({ planned, input }: Context): void {
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
