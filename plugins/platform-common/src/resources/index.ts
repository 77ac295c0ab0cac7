export * from './environments';
export * from './kinds';
export * from './types';
