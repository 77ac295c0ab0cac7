export { DependencyOperations } from './DependencyOperations';
export { DependencyStore } from './DependencyStore';
export { SeenCalls } from './SeenCalls';
