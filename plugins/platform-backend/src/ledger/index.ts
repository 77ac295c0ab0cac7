export { LedgerService, type LedgerQuery } from './LedgerService';
