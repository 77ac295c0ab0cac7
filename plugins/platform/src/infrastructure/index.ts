export { InfrastructureTab } from './InfrastructureTab';
