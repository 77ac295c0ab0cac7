export { FactOperations } from './FactOperations';
export { FactStore } from './FactStore';
export { factsOf } from './factsOf';
