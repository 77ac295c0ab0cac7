export { createChores } from './createChores';
export { DriftWatch } from './DriftWatch';
