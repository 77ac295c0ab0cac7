export * from './types';
export { parseScore } from './parseScore';
export { Placeholders } from './Placeholders';
export { releaseWork } from './releaseWork';
export { resolveScore } from './resolveScore';
export { resourceLevels, resourceParameters } from './resources';
