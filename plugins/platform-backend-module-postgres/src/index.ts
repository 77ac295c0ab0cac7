/**
 * Makes databases with roles of their own on PostgreSQL servers.
 *
 * @packageDocumentation
 */
export { postgresModule as default } from './module';
