export { createDecisions } from './createDecisions';
