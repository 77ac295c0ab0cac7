export { createPreviews } from './createPreviews';
export type { PreviewOperations } from './PreviewOperations';
