import { Wait } from '@slipway/plugin-platform-node';
import type { DeployRunDependencies } from '../DeployRunDependencies';
import {
  deploymentOf,
  type DeployStep,
  type DeployVersion,
  releaseIdOf,
  requireRelease,
  unlessIdle,
  usesOf,
} from './context';
import { prepareStep } from './prepareStep';
import { takeOverSteps, type UnusedOutput } from './takeOverSteps';

/** What came later, by the version that it came with. */
const SINCE: Readonly<Record<string, DeployVersion>> = {
  resources: 2,
  settle: 2,
  smoke: 3,
  shift: 3,
  bake: 3,
};

/** The steps of a deployment, in order; of older versions as well, with which runs may be under way. */
export function deploySteps(
  dependencies: DeployRunDependencies,
  version: DeployVersion,
): DeployStep[] {
  const { resources, connections } = dependencies;
  const steps: DeployStep[] = [
    prepareStep(dependencies),
    ...[
      {
        id: 'resources',
        title: 'Provide its resources',
        async execute(context) {
          const { environment, refresh } = context.input;
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
          await connections.connect(deploymentOf(context.input), uses);
          return { uses };
        },
      } satisfies DeployStep,
      ...takeOverSteps(dependencies, version),
      {
        id: 'settle',
        title: 'Settle what is used',
        async execute(context) {
          const { input, log } = context;
          await connections.takeOver(deploymentOf(input));
          const used = Object.values(usesOf(context, version));
          await connections.unused.keep(await connections.named(used), log);
          const behalf = await connections.onBehalfOf(context, 'settle');
          const { unused } = context.output<{ unused: UnusedOutput[] }>(
            'switch',
          );
          for (const each of unused) {
            await connections.unused.planRemoval(each, behalf);
          }
        },
      } satisfies DeployStep,
    ].map(unlessIdle),
  ];
  return steps.filter(({ id }) => (SINCE[id] ?? 1) <= version);
}
