import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@backstage/types';
import type { Observation } from '@slipway/plugin-platform-node';
import {
  type DatabaseParameters,
  databaseParameters,
} from './databaseParameters';
import { askFor, observedLimits } from './limits';

/**
 * What would have to be asked for to get what is there. `undefined` where nothing would: nobody can ask for an open database, or for an
 * extension that isn't offered.
 *
 * @param fixed - what is the same whatever is asked for
 */
export function acceptedParameters(
  schema: ReturnType<typeof databaseParameters>,
  { size, server }: DatabaseParameters,
  { exists, attributes }: Observation,
  fixed: JsonObject,
): DatabaseParameters | undefined {
  const isAsFixed = Object.entries(fixed).every(([field, value]) =>
    isDeepStrictEqual(attributes[field], value),
  );
  const { extensions } = attributes;
  return exists && isAsFixed
    ? schema.safeParse({
        ...askFor(observedLimits(attributes), size),
        extensions,
        server,
      }).data
    : undefined;
}
