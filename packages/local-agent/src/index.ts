/**
 * The one-machine "cluster": supervises services, routes to them and keeps their logs.
 *
 * @packageDocumentation
 */
export { LocalAgent, type AgentOptions } from './LocalAgent';
export type { Tuning } from './workloads/types';
export type { AgentLogger } from './AgentLogger';
