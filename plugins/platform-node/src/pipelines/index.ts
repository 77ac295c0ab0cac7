export * from './PipelineEngine';
