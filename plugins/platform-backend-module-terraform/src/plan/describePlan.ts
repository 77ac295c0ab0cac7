import type { FieldChange } from '@slipway/plugin-platform-common';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { ResourcePlan } from '@slipway/plugin-platform-node';
import { isDeepStrictEqual } from 'node:util';
import type {
  PlannedDifference,
  PlannedResource,
  PlanOutput,
} from './planOutput';
import { secretsOf, withoutSecrets } from './secretsOf';
import {
  isMarked,
  isObject,
  OTHER_SECRET,
  SECRET,
  shown,
  UNKNOWN,
} from './shown';

/**
 * What a plan of the CLI would do, field by field: `<address>.<attribute>` of each resource that it changes, and `output.<name>` where it only
 * changes outputs. What is destroyed, alone or to be made anew, is flagged as lost.
 *
 * @param exists - whether there is something of it already
 */
export function describePlan(plan: PlanOutput, exists: boolean): ResourcePlan {
  const secrets = secretsOf(plan);
  const changed = plan.resource_changes.filter(
    ({ mode, change }) =>
      mode === 'managed' &&
      !change.actions.every(action => action === 'no-op' || action === 'read'),
  );
  const fields =
    changed.length > 0
      ? changed.flatMap(resource => describeResource(resource, secrets))
      : Object.entries(plan.output_changes)
          .filter(([, { actions }]) => !actions.includes('no-op'))
          .flatMap(([name, change]) => describeOutput(name, change, secrets));
  return { action: actionOf(fields, exists), fields };
}

function actionOf(
  fields: FieldChange[],
  exists: boolean,
): ResourcePlan['action'] {
  if (fields.length === 0) {
    return 'none';
  }
  if (!exists) {
    return 'create';
  }
  return fields.some(({ dataLoss }) => dataLoss) ? 'replace' : 'update';
}

function describeResource(
  { address, deposed, type, change }: PlannedResource,
  secrets: string[],
): FieldChange[] {
  const { actions } = change;
  if (actions.includes('forget')) {
    return [{ field: address, from: `a ${type}`, to: 'left to itself' }];
  }
  const attributes = describeAttributes(address, change, secrets);
  if (!actions.includes('delete')) {
    return attributes.length > 0
      ? attributes
      : [{ field: address, to: `a ${type}` }];
  }
  if (!actions.includes('create')) {
    const field = deposed ? `${address} (deposed ${deposed})` : address;
    return [
      { field, from: `a ${type}`, dataLoss: `What ${address} holds is lost.` },
    ];
  }
  const dataLoss = `${address} is destroyed and made anew: what it holds is lost.`;
  const forcing = new Set(
    (change.replace_paths ?? []).map(
      ([attribute]) => `${address}.${attribute}`,
    ),
  );
  const isForced = attributes.some(({ field }) => forcing.has(field));
  return attributes.map(each => ({
    ...each,
    dataLoss: !isForced || forcing.has(each.field) ? dataLoss : undefined,
  }));
}

/** An output is described as if it were an attribute of something called `output`. */
function describeOutput(
  name: string,
  change: PlannedDifference,
  secrets: string[],
): FieldChange[] {
  const asAttribute = (value: JsonValue | undefined) => ({ [name]: value });
  return describeAttributes(
    'output',
    {
      actions: change.actions,
      before: asAttribute(change.before),
      after: asAttribute(change.after),
      after_unknown: asAttribute(change.after_unknown),
      before_sensitive: asAttribute(change.before_sensitive),
      after_sensitive: asAttribute(change.after_sensitive),
    },
    secrets,
  );
}

function describeAttributes(
  address: string,
  change: PlannedDifference,
  secrets: string[],
): FieldChange[] {
  const before = objectOf(change.before);
  const after = objectOf(change.after);
  const unknown = objectOf(change.after_unknown);
  const hide = (
    value: JsonValue | null | undefined,
    marks: JsonValue | undefined,
  ) =>
    withoutSecrets(shown(value ?? undefined, marks, SECRET), secrets, SECRET);

  return [...new Set([before, after, unknown].flatMap(Object.keys))]
    .sort()
    .filter(attribute =>
      isObject(change.before)
        ? isMarked(unknown[attribute]) ||
          !isSame(before[attribute], after[attribute])
        : // Of something new, only what is asked for tells people anything.
          (after[attribute] ?? undefined) !== undefined,
    )
    .map(attribute => {
      const from = hide(
        before[attribute],
        maskOf(change.before_sensitive, attribute),
      );
      const to = shown(
        hide(after[attribute], maskOf(change.after_sensitive, attribute)),
        unknown[attribute],
        UNKNOWN,
      );
      return {
        field: `${address}.${attribute}`,
        from,
        to: isDeepStrictEqual(from, to) ? OTHER_SECRET : to,
      };
    });
}

/** What isn't there, and what is `null`, are the same to the CLI. */
function isSame(one: JsonValue | undefined, other: JsonValue | undefined) {
  return isDeepStrictEqual(one ?? undefined, other ?? undefined);
}

function maskOf(
  marks: JsonValue | undefined,
  attribute: string,
): JsonValue | undefined {
  return isObject(marks) ? marks[attribute] : marks;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
