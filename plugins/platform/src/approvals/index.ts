export { ApprovalDecision } from './ApprovalDecision';
export { useApproval } from './useApproval';
export { VoteList } from './VoteList';
