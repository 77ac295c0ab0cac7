export { ServiceNames } from './ServiceNames';
export { ServiceStore, type StoredService } from './ServiceStore';
