export { Access } from './Access';
export type { Asking, Caller } from '@slipway/plugin-platform-node';
export { nameOf } from './nameOf';
export { teamReference } from './teamReference';
