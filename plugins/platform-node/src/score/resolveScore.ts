import type { ResourceOutputs, ScoreWorkload } from './types';

/**
 * Replaces `${metadata.*}` and `${resources.*}` in container variables (`$${` stands for a literal `${`).
 * Throws `OperationFailedError` naming the placeholder, where it stands and which names there are.
 */
export function resolveScore(_workload: ScoreWorkload, _outputs: ResourceOutputs): ScoreWorkload {
  throw new Error('not written yet');
}
