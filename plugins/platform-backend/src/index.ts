/**
 * The platform backend: durable runs, pipelines and deployments.
 *
 * @packageDocumentation
 */
export {
  createValidationPlugin,
  type EnvironmentsValidation,
} from './createValidationPlugin';
export { platformPlugin as default } from './plugin';
