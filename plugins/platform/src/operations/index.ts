export { OperationDialog, type OperationRequest } from './OperationDialog';
export { OperationMenu } from './OperationMenu';
export { operationsFor } from './operationsFor';
