/**
 * The fields that Slipway's templates ask with.
 *
 * @packageDocumentation
 */
export { scaffolderModulePlatform as default } from './module';
