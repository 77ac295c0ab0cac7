export { MergeRequestPage } from './MergeRequestPage';
export { MergeRequestsPage } from './MergeRequestsPage';
export { NewMergeRequestPage } from './NewMergeRequestPage';
