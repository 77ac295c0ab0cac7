import type {
  ProvidedResource,
  ProviderContext,
} from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';

/** A resource that nobody has made yet. */
export function createResource(
  overrides: Partial<ProvidedResource> = {},
): ProvidedResource {
  return {
    id: randomUUID(),
    name: 'orders.cache',
    environment: 'dev',
    owner: 'group:default/payments',
    parameters: { server: 'shared', commands: 'read-write' },
    outputs: {},
    state: {},
    ...overrides,
  };
}

/** The context of one act, which keeps what was logged. */
export function createContext(
  signal: AbortSignal = new AbortController().signal,
): ProviderContext & { said: string[] } {
  const said: string[] = [];
  const key = randomUUID();
  return {
    idempotencyKey: key,
    signal,
    said,
    log: text => said.push(text),
    password: async name => `${name}${key}`.replaceAll('-', '').slice(0, 32),
    secret: async () => undefined,
  };
}
