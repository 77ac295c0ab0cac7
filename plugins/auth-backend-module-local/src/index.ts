/**
 * Sign-in with a user name and a password.
 *
 * @packageDocumentation
 */
export { authModuleLocal as default } from './module';
