import { OperationFailedError } from '@slipway/plugin-platform-node';

/** Errors that say that something is not as it should be; trying again changes nothing about that. */
const FINAL = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

/** The error with which a step fails at once where trying again won't help. */
export function asFinal(error: unknown): Error {
  const known = error instanceof Error ? error : new Error(String(error));
  return FINAL.includes(known.name)
    ? new OperationFailedError({ message: known.message }, { cause: known })
    : known;
}

/** Does something whose refusals are final. */
export function final<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asFinal(error);
  }
}
