import { createHash } from 'node:crypto';

/**
 * The id of the resource that is made under a name next: the same at every look, so that a plan is the same when it is applied as when it
 * was shown, and another for each resource that ever has the name. A UUID of version 8 (RFC 9562 section 5.8).
 *
 * @param before - how many resources had the name before
 */
export function resourceId(
  { environment, name }: { environment: string; name: string },
  before: number,
): string {
  const hex = createHash('sha256')
    .update(`${environment}\0${name}\0${before}`)
    .digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
