export * from './parseDuration';
