export { readEnvironments } from './readEnvironments';
