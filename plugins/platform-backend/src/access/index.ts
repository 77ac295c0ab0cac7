export { Access, type Caller } from './Access';
export { nameOf } from './nameOf';
