import type { RunKind } from '@slipway/plugin-platform-node';
import { createAcceptDriftRunKind } from './acceptDrift';
import { createAdoptRunKind } from './adopt';
import { createChangeRunKind } from './change';
import { createDestroyRunKind } from './destroy';
import { createExtendRunKind } from './extend';
import type { KindDependencies } from './KindDependencies';
import { createProvisionRunKind } from './provision';
import { createPurgeRunKind } from './purge';
import { createReconcileRunKind } from './reconcile';
import { createRestoreRunKind } from './restore';
import { createRotateRunKind } from './rotate';

/** Every kind of run that acts on resources. */
export function createRunKinds(dependencies: KindDependencies): RunKind[] {
  return [
    createProvisionRunKind,
    createAdoptRunKind,
    createChangeRunKind,
    createRotateRunKind,
    createExtendRunKind,
    createReconcileRunKind,
    createAcceptDriftRunKind,
    createDestroyRunKind,
    createRestoreRunKind,
    createPurgeRunKind,
  ].map(create => create(dependencies));
}
