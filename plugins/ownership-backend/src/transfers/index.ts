export { TransferOperations } from './TransferOperations';
export { TransferService } from './TransferService';
export { TransferStore } from './TransferStore';
