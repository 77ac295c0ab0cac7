import type { Config } from '@backstage/config';

/** Where the local agent is. */
export interface AgentConfig {
  /** The address of its control API. */
  agentUrl: string;
  agentToken: string;
  /** The address of a service; `{workload}` stands for its host name before `.localhost`. */
  routerUrl: string;
}

/** Reads `platform.localRuntime`. */
export function readAgentConfig(config: Config): AgentConfig {
  const section = config.getConfig('platform.localRuntime');
  return {
    agentUrl: section.getString('agentUrl'),
    agentToken: section.getString('agentToken'),
    routerUrl: section.getString('routerUrl'),
  };
}
