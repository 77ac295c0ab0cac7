import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  OPERATION_RUN_KINDS,
  type ServiceOperation,
} from '@slipway/plugin-platform-common';
import type { RunKind, Runtime } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { DeploymentStore } from '../deployments';
import type { Environments } from '../environments';
import { parse } from '../http';
import type { Chore, Runs, RunStarter } from '../runs';
import type { ServiceStore } from '../services';
import { createOperationRunKinds } from './createOperationRunKinds';
import { operationInputs } from './operationInput';
import { type Place, ScaleStore } from './ScaleStore';
import { ScalingService } from './ScalingService';
import { SleepWatch } from './SleepWatch';

/** Puts together what scales, restarts, stops and starts services. */
export function createScaling(options: {
  knex: Knex;
  runs: Runs;
  services: ServiceStore;
  deployments: DeploymentStore;
  environments: Environments;
  runtime: Runtime;
  logger: LoggerService;
}) {
  const { knex, runs } = options;
  const store = new ScaleStore(knex);
  const scaling = new ScalingService({ ...options, store, runs: runs.service });
  const starterOf = (operation: ServiceOperation): RunStarter => ({
    start: ({ input, ...request }, { userRef }, idempotencyKey) =>
      scaling.start(operation, parse(operationInputs[operation], input), {
        ...request,
        requestedBy: userRef,
        idempotencyKey,
      }),
    plan: ({ input, goldenPath }, { userRef }) =>
      scaling.plan(operation, parse(operationInputs[operation], input), {
        requestedBy: userRef,
        goldenPath,
      }),
  });
  return {
    service: scaling,
    forget: (place: Place) => store.forget(place),
    runKinds: (): RunKind[] =>
      createOperationRunKinds({
        ...options,
        store,
        scaling,
        events: runs.events,
      }),
    /** By the kind of run. */
    starters: (['scale', 'restart', 'stop', 'start'] as const).map(
      operation =>
        [OPERATION_RUN_KINDS[operation], starterOf(operation)] as const,
    ),
    chore: (): Chore => new SleepWatch({ ...options, store, scaling }),
  };
}
