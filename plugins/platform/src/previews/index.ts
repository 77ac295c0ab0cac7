export { AllPreviews } from './AllPreviews';
export { BranchPreview } from './BranchPreview';
export { ServicePreviews } from './ServicePreviews';
