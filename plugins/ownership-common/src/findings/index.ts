export {
  type FindingOptions,
  findingsOf,
  STALE_AFTER_DAYS,
} from './findingsOf';
export * from './types';
