export * from './types';
export { parseScore } from './parseScore';
export { resolveScore } from './resolveScore';
