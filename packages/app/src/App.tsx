import { createApp } from '@backstage/frontend-defaults';
import { authModule } from './modules/auth';
import { homePlugin } from './modules/home';
import { layoutModule } from './modules/layout';
import { navModule } from './modules/nav';
import { scaffolderModule } from './modules/scaffolder';
import { themeModule } from './modules/theme';
import { userSettingsModule } from './modules/userSettings';

/**
 * The portal. Plugins come from the dependencies in package.json (`app.packages: all`); what is added
 * here is the portal's own.
 */
export const app = createApp({
  features: [
    themeModule,
    authModule,
    layoutModule,
    navModule,
    homePlugin,
    scaffolderModule,
    userSettingsModule,
  ],
});
