export * from './calls';
export * from './catalogFiles';
export * from './changes';
export * from './history';
export * from './leavers';
/**
 * Reads and changes the files that ownership and on-call are written in.
 *
 * @packageDocumentation
 */
export * from './repositories';
export * from './rotations';
export * from './transfers';
