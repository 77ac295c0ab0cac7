/**
 * Git repositories on this machine: the platform's embedded forge.
 *
 * @packageDocumentation
 */
export { platformModuleLocalForge as default } from './module';
export { LocalForge } from './LocalForge';
