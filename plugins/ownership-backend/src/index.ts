/**
 * The ownership backend: who owns what, who is on call for it, what depends on it, and what nobody owns.
 *
 * @packageDocumentation
 */
export { ownershipPlugin as default } from './plugin';
