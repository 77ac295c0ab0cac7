import { isError } from '@backstage/errors';

/** Tells whether the platform answered that there is no such thing, as opposed to not answering at all. */
export function isNotFound(error: unknown): boolean {
  return (
    isError(error) &&
    isError(error.cause) &&
    error.cause.name === 'NotFoundError'
  );
}
