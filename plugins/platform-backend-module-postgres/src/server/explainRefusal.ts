import { isError } from '@backstage/errors';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import { codeOf } from './isAway';

/** What PostgreSQL refuses each time it is asked, by SQLSTATE, and what to do about it. */
const HINTS: Record<string, string> = {
  // insufficient_privilege
  '42501':
    'Give the role that the platform uses on this server what it lacks, or configure another one (platform.postgres.servers), then retry.',
  // feature_not_supported, undefined_file: an extension that isn't installed
  '0A000':
    'If it is an extension: ask who looks after the server to install it, or ask for the database without it.',
  '58P01':
    'If it is an extension: ask who looks after the server to install it, or ask for the database without it.',
  // dependent_objects_still_exist
  '2BP01':
    'Take away first what depends on it, as the message says, then retry.',
  // duplicate_database
  '42P04': 'Rename or drop the other database, then retry.',
};

/** Throws an error of the server on: as `OperationFailedError` where trying again won't help. */
export function explainRefusal(error: unknown): never {
  const hint = HINTS[codeOf(error) ?? ''];
  if (!hint || !isError(error)) {
    throw error;
  }
  const detail =
    'detail' in error && typeof error.detail === 'string'
      ? ` ${error.detail}`
      : '';
  throw new OperationFailedError(
    { message: `PostgreSQL refused: ${error.message}.${detail}`, hint },
    { cause: error },
  );
}
