/**
 * The template actions of the platform.
 *
 * @packageDocumentation
 */
export { scaffolderModulePlatform as default } from './module';
