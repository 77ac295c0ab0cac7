import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '@backstage/types';
import type { Agent } from '@slipway/plugin-platform-backend-module-local-resources';
import type {
  AgentClient,
  EndpointRequest,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import type { ProviderSetup } from '@slipway/plugin-platform-node/testUtils';
import { DyingAgent } from './DyingAgent';

/** A host name that nobody else has. */
export function newHost(): string {
  return `host-${randomUUID().slice(0, 8)}`;
}

/** Endpoints of an agent that runs, judged by what it has on disk. */
export function createEndpointSetup(options: {
  client: AgentClient;
  stateDirectory: string;
  create(agent: Agent): ResourceProvider;
  /** Others each time, where two can't have the same. */
  parameters(): JsonObject;
  bad: ProviderSetup['bad'];
}): ProviderSetup {
  const { client, stateDirectory, create } = options;
  const changed = { ...options.parameters(), host: newHost() };
  return {
    provider: create(client),
    get parameters() {
      return options.parameters();
    },
    changed,
    bad: [
      ['a reserved host', { ...changed, host: 'portal' }, 'is reserved'],
      ['a host with dots', { ...changed, host: 'shop.example' }, 'hyphens'],
      ['a host too long', { ...changed, host: 'x'.repeat(64) }, '63'],
      ...options.bad,
    ],
    async drift({ id }) {
      const endpoint = await client.json<EndpointRequest>(`/endpoints/${id}`);
      await client.send(`/endpoints/${id}`, {
        method: 'PUT',
        body: { ...endpoint, host: newHost() },
      });
      return 'host';
    },
    remove: ({ id }) => client.send(`/endpoints/${id}`, { method: 'DELETE' }),
    async count({ id }) {
      const file = path.join(stateDirectory, 'endpoints.json');
      const endpoints: Record<string, EndpointRequest> = existsSync(file)
        ? JSON.parse(readFileSync(file, 'utf8'))
        : {};
      return Object.keys(endpoints).filter(each => each === id).length;
    },
    dying: effects => create(new DyingAgent(client, effects)),
    // The agent is removed with everything that it has.
    cleanUp: async () => {},
  };
}
