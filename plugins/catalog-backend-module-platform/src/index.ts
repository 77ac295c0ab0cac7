/**
 * Puts what the platform's repositories declare into the catalog.
 *
 * @packageDocumentation
 */
export { catalogModulePlatform as default } from './module';
