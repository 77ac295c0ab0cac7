import { isError } from '@backstage/errors';
import type { Agent } from './Agent';

/** What the agent knows at an address; `undefined` where there is nothing. */
export async function lookUp<T>(
  agent: Agent,
  path: string,
  signal: AbortSignal,
): Promise<T | undefined> {
  try {
    return await agent.json<T>(path, { signal });
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      return undefined;
    }
    throw error;
  }
}
