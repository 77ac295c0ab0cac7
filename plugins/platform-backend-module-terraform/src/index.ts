/**
 * Makes OpenTofu and Terraform modules resource providers.
 *
 * @packageDocumentation
 */
export { terraformModule as default } from './module';
