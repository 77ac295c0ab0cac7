import { OperationFailedError } from '@slipway/plugin-platform-node';

/** Errors that say that something is not as it should be; trying again changes nothing about that. */
const FINAL = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

/** Throws the error with which a step fails at once where trying again won't help, and else the error itself. */
export function refuse(error: Error): never {
  throw FINAL.includes(error.name)
    ? new OperationFailedError({ message: error.message }, { cause: error })
    : error;
}
