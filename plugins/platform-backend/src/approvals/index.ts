export { ApprovalService } from './ApprovalService';
export { ApprovalStore } from './ApprovalStore';
