import path from 'node:path';
import { AgentError } from './AgentError';
import type { AgentOptions } from './LocalAgent';

type Variables = Record<string, string | undefined>;

/** Reads what the agent is told by its environment; says which variable is missing or wrong. */
export function readAgentOptions(
  variables: Variables,
): Omit<AgentOptions, 'logger'> {
  return {
    stateDirectory: path.join(
      path.resolve(required(variables, 'SLIPWAY_DATA')),
      'agent',
    ),
    token: required(variables, 'SLIPWAY_AGENT_TOKEN'),
    controlPort: port(variables, 'SLIPWAY_AGENT_PORT', 0),
    routerPort: port(variables, 'SLIPWAY_ROUTER_PORT', 7080),
    routerHost: variables.SLIPWAY_ROUTER_HOST || undefined,
    workloadUser: variables.SLIPWAY_WORKLOAD_USER || 'nobody',
    bubblewrap: variables.SLIPWAY_BUBBLEWRAP || undefined,
  };
}

function required(variables: Variables, name: string): string {
  const value = variables[name];
  if (!value) {
    throw new AgentError(
      'InputError',
      `The environment variable ${name} is not set.`,
      'Start the agent with "npm start", which sets it.',
    );
  }
  return value;
}

function port(variables: Variables, name: string, otherwise: number): number {
  const value = Number(variables[name] || otherwise);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new AgentError(
      'InputError',
      `${name} is "${variables[name]}", which is not a TCP port.`,
      'Use a number from 0 (any free port) to 65535.',
    );
  }
  return value;
}
