/**
 * Runs a commit's `.gitlab-ci.yml` on this machine, with gitlab-ci-local.
 *
 * @packageDocumentation
 */
export { localPipelinesModule as default } from './module';
export {
  LocalPipelineEngine,
  type LocalPipelineEngineOptions,
} from './LocalPipelineEngine';
