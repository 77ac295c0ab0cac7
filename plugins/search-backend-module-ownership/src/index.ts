export { searchModuleOwnership as default } from './module';
