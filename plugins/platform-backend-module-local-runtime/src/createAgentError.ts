import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import type { AgentFailure } from './protocol';

/** Turns what the agent answered into the error that the platform knows. */
export function createAgentError({
  name,
  message,
  hint,
}: AgentFailure['error']): Error {
  const text = [message, hint].filter(Boolean).join(' ');
  switch (name) {
    case 'AuthenticationError':
      return new AuthenticationError(text);
    case 'ConflictError':
      return new ConflictError(text);
    case 'InputError':
      return new InputError(text);
    case 'NotFoundError':
      return new NotFoundError(text);
    case 'OperationFailedError':
      return new OperationFailedError({ message, hint });
    default:
      return new Error(text);
  }
}
