export * from './Runtime';
export * from './Traffic';
