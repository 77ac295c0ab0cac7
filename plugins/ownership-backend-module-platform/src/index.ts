/**
 * What the ownership backend and the platform do together.
 *
 * @packageDocumentation
 */
export { ownershipModulePlatform as default } from './module';
