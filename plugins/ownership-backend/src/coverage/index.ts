export { CoverageOperations, dayOf } from './CoverageOperations';
export { CoverageStore } from './CoverageStore';
