/**
 * What an author of a forge, a pipeline engine, a runtime or a run kind needs: the contracts and the
 * extension points through which they join the platform.
 *
 * @packageDocumentation
 */
export * from './access';
export * from './audit';
export * from './context';
export * from './extensionPoints';
export * from './forge';
export * from './openapi';
export * from './pipelines';
export * from './resources';
export * from './runtime';
export * from './runs';
export * from './score';
export * from './yaml';
export * from './delivery';
export * from './duration';
