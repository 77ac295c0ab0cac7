export {
  type HistorySource,
  type HistorySourceExtensionPoint,
  historySourceExtensionPoint,
  type SourcedChange,
} from './HistorySource';
