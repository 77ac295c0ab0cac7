export { LeaverOperations } from './LeaverOperations';
export { LeaverService } from './LeaverService';
export { LeaverStore } from './LeaverStore';
