export * from './errors';
export * from './parts';
