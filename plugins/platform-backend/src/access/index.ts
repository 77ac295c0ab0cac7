export { Access, type Asking, type Caller } from './Access';
export { nameOf } from './nameOf';
export { teamReference } from './teamReference';
