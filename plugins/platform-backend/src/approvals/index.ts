export { ApprovalOperations } from './ApprovalOperations';
export { ApprovalService } from './ApprovalService';
export { ApprovalStore } from './ApprovalStore';
