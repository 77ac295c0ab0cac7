export { userSettingsModule } from './userSettingsModule';
