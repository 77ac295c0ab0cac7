export { NewTransferPage } from './NewTransferPage';
export { TransferPage } from './TransferPage';
export { TransfersPage } from './TransfersPage';
