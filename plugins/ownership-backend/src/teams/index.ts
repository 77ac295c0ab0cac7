export { TeamOperations } from './TeamOperations';
