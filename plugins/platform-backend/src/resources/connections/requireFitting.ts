import { ConflictError } from '@backstage/errors';
import { isDeepStrictEqual } from 'node:util';
import { nameOf } from '../../access';
import { describeResource } from '../names';
import type { ResourceRow } from '../store/rows';
import { requestOf, type WantedResource } from './WantedResource';

/**
 * Throws `ConflictError` that says what would be right where what has the name of what is wanted can't be it. What a service's own resource
 * is asked to become is no matter of this: that can be changed.
 */
export function requireFitting(row: ResourceRow, wanted: WantedResource): void {
  const what = describeResource(row);
  if (row.service !== (requestOf(wanted).service ?? null)) {
    throw new ConflictError(
      row.service
        ? `${what} is only for the service ${row.service}. To share one, let both services name it by the same id of their choice.`
        : `the name "${row.name}" is taken in ${row.environment} by a ${row.type} of ${nameOf(row.owner)}. Use another name in score.yaml, or, if that one is meant, its name as id.`,
    );
  }
  if (row.type !== wanted.type) {
    throw new ConflictError(
      `a ${wanted.type} is asked for, and ${what} is a ${row.type}. Use another name for the ${wanted.type} in score.yaml; what is no longer named is planned for removal then.`,
    );
  }
  if (wanted.id !== undefined) {
    requireSameAsShared(row, wanted);
  }
}

/** Nobody who shares a resource changes it for the others. */
function requireSameAsShared(row: ResourceRow, wanted: WantedResource): void {
  const different = [
    ...(wanted.class !== undefined && wanted.class !== row.class
      ? [['class', wanted.class, row.class] as const]
      : []),
    ...Object.entries(requestOf(wanted).parameters)
      .filter(([key, value]) => !isDeepStrictEqual(value, row.parameters[key]))
      .map(([key, value]) => [key, value, row.parameters[key]] as const),
  ];
  if (different.length > 0) {
    const fields = different.map(
      ([key, asked, is]) =>
        `${key}: ${JSON.stringify(asked)} is asked for, and it has ${JSON.stringify(is) ?? 'none'}`,
    );
    throw new ConflictError(
      `${describeResource(row)} is shared, and is not what is asked for (${fields.join('; ')}). Leave class and params out to use it as it is, or change it from its page first.`,
    );
  }
}
