export { createKeys, type Keys } from './createKeys';
