import type {
  FieldChange,
  PlannedChange,
} from '@slipway/plugin-platform-common';
import type { ResourcePlan } from '@slipway/plugin-platform-node';

const ACTIONS = {
  none: 'keep',
  create: 'create',
  update: 'change',
  replace: 'replace',
} as const;

/** A provider's plan in the words of a run's. */
export function plannedChange(
  what: string,
  { action, fields }: ResourcePlan,
): PlannedChange {
  return {
    action: ACTIONS[action],
    what,
    ...(fields.length > 0 && { fields }),
    ...lossOf(fields),
  };
}

function lossOf(fields: FieldChange[]): { dataLoss?: string } {
  const losses = fields.flatMap(({ dataLoss }) => dataLoss ?? []);
  return losses.length > 0 ? { dataLoss: [...new Set(losses)].join(' ') } : {};
}
