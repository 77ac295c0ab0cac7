import { InputError } from '@backstage/errors';
import type { ProvidedResource } from '@slipway/plugin-platform-node';

const LONGEST_LABEL = 63;
const ID_LENGTH = 6;

/**
 * The host name, before `.localhost`, that was asked for, or one that nobody else has.
 * Throws `InputError` where it is how a service is reached.
 */
export function hostOf(
  resource: Pick<ProvidedResource, 'id' | 'name' | 'environment'>,
  host: string | undefined,
): string {
  const { id, name, environment } = resource;
  if (host === undefined) {
    const end = `-${environment}-${id.slice(0, ID_LENGTH)}`;
    const begin = `${/^[a-z]/.test(name) ? '' : 'x'}${name.replaceAll('.', '-')}`;
    return begin.slice(0, LONGEST_LABEL - end.length).replace(/-+$/, '') + end;
  }
  const suffix = `-${environment}`;
  if (host.endsWith(suffix)) {
    throw new InputError(
      `"${host}" is how the service ${host.slice(0, -suffix.length)} is reached in ${environment}. Choose another host.`,
    );
  }
  return host;
}
