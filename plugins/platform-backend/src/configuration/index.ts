export type { ConfigurationOperations } from './ConfigurationOperations';
export type { ConfigurationService, Configured } from './ConfigurationService';
export { createConfigurations } from './createConfigurations';
export { configurationAliases, withoutConfiguration } from './requiredKeys';
