export { DependencyOperations } from './DependencyOperations';
export { DependencyStore } from './DependencyStore';
