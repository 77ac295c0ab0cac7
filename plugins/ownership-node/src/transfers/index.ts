export {
  type TransferMover,
  type TransferMoverExtensionPoint,
  transferMoverExtensionPoint,
  type TransferProgress,
} from './TransferMover';
