import { createApp } from '@backstage/frontend-defaults';
import { authModule } from './modules/auth';
import { homePlugin } from './modules/home';
import { navModule } from './modules/nav';
import { themeModule } from './modules/theme';

/**
 * The portal. Plugins come from the dependencies in package.json (`app.packages: all`); what is added
 * here is the portal's own.
 */
export const app = createApp({
  features: [themeModule, authModule, navModule, homePlugin],
});
