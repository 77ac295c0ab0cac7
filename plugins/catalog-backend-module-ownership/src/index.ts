/**
 * Tells the plugin `ownership` what changed in the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleOwnership as default } from './module';
