import type { AgentFailure } from '@slipway/plugin-platform-backend-module-local-runtime';
import { AgentError } from '../AgentError';
import type { AgentLogger } from '../AgentLogger';

/** What the caller is told of an error; one that nobody expected goes to the log, too. */
export function explainError(
  error: unknown,
  logger: AgentLogger,
): AgentFailure['error'] {
  if (error instanceof AgentError) {
    return { name: error.name, ...error.toFailure() };
  }
  logger.warn(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  return {
    name: 'InternalError',
    message: `The local agent failed: ${error instanceof Error ? error.message : String(error)}`,
  };
}
