import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { appLayout } from './appLayout';
import { Navigation } from './Navigation';

const navContent = NavContentBlueprint.make({
  params: { component: Navigation },
});

/** The navigation, and how it and the page share the window. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [appLayout, navContent],
});
