export { Access, type Caller } from './Access';
