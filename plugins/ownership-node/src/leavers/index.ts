export {
  type LeaverHandler,
  type LeaverHandlerExtensionPoint,
  leaverHandlerExtensionPoint,
} from './LeaverHandler';
