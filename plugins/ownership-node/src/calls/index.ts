export {
  type CallSource,
  type CallSourceExtensionPoint,
  callSourceExtensionPoint,
  type SeenCall,
} from './CallSource';
