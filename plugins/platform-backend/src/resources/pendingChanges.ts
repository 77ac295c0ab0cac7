import { InputError } from '@backstage/errors';
import type {
  EnvironmentsView,
  FieldChange,
} from '@slipway/plugin-platform-common';
import { changedFields } from './changedFields';
import { matchOf } from './matchOf';
import type { ResourcePlanner } from './ResourcePlanner';
import type { ResourceRow } from './store/rows';

/** What the definitions as they count now would change in resources that exist, were `change-resource` run on each. */
export function pendingChanges(
  planner: Pick<ResourcePlanner, 'desire'>,
  rows: ResourceRow[],
): EnvironmentsView['pending'] {
  return rows.flatMap(row => {
    const fields = pendingFields(planner, row);
    return fields.length > 0
      ? [
          {
            resourceId: row.id,
            name: row.name,
            environment: row.environment,
            fields,
          },
        ]
      : [];
  });
}

function pendingFields(
  planner: Pick<ResourcePlanner, 'desire'>,
  row: ResourceRow,
): FieldChange[] {
  const { parameters, definition } = row;
  try {
    const desired = planner.desire(matchOf(row), row.asked);
    return [
      ...changedFields({ definition }, { definition: desired.definition.name }),
      ...changedFields(parameters, desired.parameters),
    ];
  } catch (error) {
    // What can't be asked for any more stays as it is, until somebody changes it to what can.
    if (error instanceof InputError) {
      return [];
    }
    throw error;
  }
}
