export { OnCallOperations } from './OnCallOperations';
export { OnCallService } from './OnCallService';
export { RotationFiles } from './RotationFiles';
export { Swaps } from './Swaps';
