/**
 * Makes users with a key prefix of their own on Redis servers.
 *
 * @packageDocumentation
 */
export { redisModule as default } from './module';
