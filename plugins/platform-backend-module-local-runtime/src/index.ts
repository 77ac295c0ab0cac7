/**
 * Runs releases on this machine, by driving the local agent.
 *
 * @packageDocumentation
 */
export { localRuntimeModule as default } from './module';
export { AgentClient, type AgentRequest } from './AgentClient';
export { LocalRuntime, type LocalRuntimeOptions } from './LocalRuntime';
export type * from './protocol';
export { type AgentConfig, readAgentConfig } from './readAgentConfig';
