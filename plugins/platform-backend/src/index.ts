/**
 * The platform backend: durable runs, pipelines and deployments.
 *
 * @packageDocumentation
 */
export { platformPlugin as default } from './plugin';
