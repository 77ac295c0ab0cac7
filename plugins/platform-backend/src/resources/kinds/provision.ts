import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { createRunKind, type RunKind } from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { planProvision } from '../planProvision';
import { refuse } from '../refuse';
import { beginNew } from './beginNew';
import { actingStep, applyStep, CHECK, verifyStep } from './commonSteps';
import { endedWith } from './endedWith';
import { provisionInput, type ProvisionRequest } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { subjectOfNew } from './subjectOfNew';
import { destroyMade, forgetMade } from './undoProvision';

/** Makes a resource that isn't there yet. Undoing it destroys what it made. */
export function createProvisionRunKind(
  dependencies: KindDependencies,
): RunKind {
  const { patienceMs } = dependencies;
  return createRunKind<ProvisionRequest>({
    id: RESOURCE_RUN_KINDS.provision,
    version: 1,
    input: provisionInput,
    title: input => `Create ${describeResource(input)}`,
    subject: subjectOfNew,
    plan: async input =>
      (await planProvision(dependencies, input, { patienceMs })).changes,
    steps: [
      actingStep({
        id: CHECK,
        title: 'Check the plan',
        execute: context =>
          beginNew(dependencies, context, {
            adopted: false,
            plan: () =>
              planProvision(dependencies, context.input, {
                signal: context.signal,
              }),
          }).catch(refuse),
        undo: context => forgetMade(dependencies, context),
      }),
      applyStep(dependencies, {
        title: 'Create it',
        what: 'create',
        remains: ({ input }) => [describeResource(input)],
        undo: context => destroyMade(dependencies, context),
      }),
      verifyStep(dependencies),
    ],
    ended: run => endedWith(dependencies, run),
  });
}
