export type { ApproverResolver } from './ApproverResolver';
export { createApprovers, createDecisions } from './createDecisions';
