import type { FieldChange } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import { isDeepStrictEqual } from 'node:util';
import type { Observation, ResourcePlan } from './ResourceProvider';

/**
 * The plan of a provider whose `observe` answers attributes that can be compared one by one with what they shall be. What is
 * observed beside them is left alone.
 *
 * @param options - `replacing`: the attributes that can't be changed in place, with what is lost then
 */
export function planByAttributes(options: {
  wanted: JsonObject;
  observation: Observation | undefined;
  replacing?: Record<string, string>;
}): ResourcePlan {
  const { wanted, observation, replacing = {} } = options;
  if (!observation?.exists) {
    const fields = Object.entries(wanted).map(([field, to]) => ({ field, to }));
    return { action: 'create', fields };
  }
  const fields = Object.entries(wanted)
    .filter(
      ([field, to]) => !isDeepStrictEqual(observation.attributes[field], to),
    )
    .map(([field, to]): FieldChange => ({
      field,
      from: observation.attributes[field],
      to,
      dataLoss: replacing[field],
    }));
  if (fields.length === 0) {
    return { action: 'none', fields };
  }
  return {
    action: fields.some(({ field }) => Object.hasOwn(replacing, field))
      ? 'replace'
      : 'update',
    fields,
  };
}
