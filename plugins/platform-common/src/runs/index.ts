export * from './decisions';
export * from './ledger';
export * from './plans';
export * from './types';
export * from './waits';
