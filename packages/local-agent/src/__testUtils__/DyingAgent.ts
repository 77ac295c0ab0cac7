import type { Agent } from '@slipway/plugin-platform-backend-module-local-resources';
import type {
  AgentClient,
  AgentRequest,
} from '@slipway/plugin-platform-backend-module-local-runtime';

/** The agent as a process sees it that dies: so many requests that change something arrive, and the next is never sent. */
export class DyingAgent implements Agent {
  readonly #agent: AgentClient;
  #left: number;

  constructor(agent: AgentClient, effects: number) {
    this.#agent = agent;
    this.#left = effects;
  }

  json<T>(path: string, request: AgentRequest = {}): Promise<T> {
    this.#count(request);
    return this.#agent.json(path, request);
  }

  send(path: string, request: AgentRequest): Promise<void> {
    this.#count(request);
    return this.#agent.send(path, request);
  }

  #count({ method = 'GET' }: AgentRequest): void {
    if (method !== 'GET') {
      if (this.#left === 0) {
        throw new Error('The process died.');
      }
      this.#left -= 1;
    }
  }
}
