export { changesOf, type Told } from './changesOf';
export { HistoryStore, type NewEntry } from './HistoryStore';
export { SourcedHistory } from './SourcedHistory';
