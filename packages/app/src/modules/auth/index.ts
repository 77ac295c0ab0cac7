export { authModule } from './authModule';
export { localAuthApiRef, type LocalAuthApi } from './LocalAuth';
