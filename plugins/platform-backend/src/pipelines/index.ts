export { DatabasePipelineStore } from './DatabasePipelineStore';
export type { PipelineStore, StoredPipeline } from './PipelineStore';
export { PipelineService } from './PipelineService';
export {
  createPipelineRunKind,
  PIPELINE_RUN_KIND,
  SCORE_FILE,
} from './pipelineRunKind';
