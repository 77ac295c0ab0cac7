export { platformApiRef } from './platformApiRef';
