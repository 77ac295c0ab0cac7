export * from './types';
export * from './mergeRequests';
