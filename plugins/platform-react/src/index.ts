/**
 * What pages of Slipway are made of: parts, live data, and how values are written.
 *
 * @packageDocumentation
 */
export * from './address';
export * from './api';
export * from './components';
export * from './format';
export * from './live';
export * from './people';
