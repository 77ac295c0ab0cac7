export { createMergeRequests, type MergeRequests } from './createMergeRequests';
