import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import { describeResource } from '../names';
import { plannedChange } from '../plannedChange';
import { requireState } from '../requireState';
import { applyStep, verifyStep } from './commonSteps';
import { resourceInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { onExisting } from './onExisting';

/** Brings what is there back to what was asked for. */
export function createReconcileRunKind(
  dependencies: KindDependencies,
): RunKind {
  const { acts, planner } = dependencies;
  return onExisting(dependencies, {
    id: RESOURCE_RUN_KINDS.reconcile,
    verb: 'Reconcile',
    input: resourceInput,
    async prepare(row, _input, patience) {
      requireState(row, 'reconciled', ['ready', 'failed']);
      const { plan } = await planner.planExisting(acts.planned(row), patience);
      return {
        state: 'changing',
        changes: [plannedChange(describeResource(row), plan)],
      };
    },
    steps: [
      applyStep(dependencies, { title: 'Bring it back', what: 'reconcile' }),
      verifyStep(dependencies),
    ],
  });
}
