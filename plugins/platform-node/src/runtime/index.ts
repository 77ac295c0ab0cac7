export * from './Runtime';
