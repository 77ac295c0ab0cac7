/**
 * Who owns what, and who is on call for it: the words, the rules and the client; the rules know no network, database or clock.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './client';
export * from './codeowners';
export * from './directory';
export * from './findings';
export * from './links';
export * from './ownership';
export * from './permissions';
export * from './rotations';
export * from './signals';
export * from './swaps';
