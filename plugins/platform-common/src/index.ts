/**
 * What both sides of Slipway's wire share: the words, the permissions and the client.
 *
 * @packageDocumentation
 */
export * from './actors';
export * from './annotations';
export * from './errors';
export * from './names';
export * from './permissions';
export * from './signals';
export * from './runs';
export * from './resources';
export * from './pipelines';
export * from './configuration';
export * from './deployments';
export * from './repositories';
export * from './services';
export * from './ownership';
export * from './client';
