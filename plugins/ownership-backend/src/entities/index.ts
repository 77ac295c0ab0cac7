export { EntityOperations, ownerOf } from './EntityOperations';
export { EntityStore } from './EntityStore';
