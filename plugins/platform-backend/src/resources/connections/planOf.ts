import type { PlannedChange } from '@slipway/plugin-platform-common';
import type { RunKind } from '@slipway/plugin-platform-node';
import { parse } from '../../http';

/** Says what a run of a kind would do; nobody is asked whether it may. Throws what the kind's plan throws. */
export type PlanOf = (kind: string, input: object) => Promise<PlannedChange[]>;

/** Plans runs of these kinds. */
export function planOf(kinds: readonly RunKind[]): PlanOf {
  return async (id, input) => {
    const kind = kinds.find(each => each.id === id);
    return (await kind?.plan?.(parse(kind.input, input))) ?? [];
  };
}
