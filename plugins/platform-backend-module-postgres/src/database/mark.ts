import type { ProvidedResource } from '@slipway/plugin-platform-node';

/** Every role of a resource has a comment, so that people who look at the server know whose it is. */
export function markOf({
  id,
  name,
  environment,
}: Pick<ProvidedResource, 'id' | 'name' | 'environment'>): string {
  return `Slipway resource ${id}: ${name} in ${environment}`;
}

/** Such a comment, with the resource's id. */
export const MARK = /^Slipway resource (\S+): /;
