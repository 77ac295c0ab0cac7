export { ImportedEntityStore } from './ImportedEntityStore';
export { ImportOperations } from './ImportOperations';
export { ImportService } from './ImportService';
export { ImportStore } from './ImportStore';
