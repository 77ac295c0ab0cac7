/**
 * The pages, entity tabs and cards about who owns what.
 *
 * @packageDocumentation
 */
export { ownershipPlugin as default } from './plugin';
export * from './api';
