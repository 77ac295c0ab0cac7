export * from './types';
export * from './previews';
export * from './operations';
