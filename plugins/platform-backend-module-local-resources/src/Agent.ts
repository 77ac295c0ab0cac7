import type { AgentClient } from '@slipway/plugin-platform-backend-module-local-runtime';

/** What the providers need of the agent's client. */
export type Agent = Pick<AgentClient, 'json' | 'send'>;
