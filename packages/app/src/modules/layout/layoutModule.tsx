import {
  createFrontendModule,
  PageLayout as SwappablePageLayout,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { appLayout } from './appLayout';
import { PageLayout } from './PageLayout';

const pageLayout = SwappableComponentBlueprint.make({
  name: 'core-page-layout',
  params: define =>
    define({ component: SwappablePageLayout, loader: () => PageLayout }),
});

/** How the navigation and the page share the window, and what stands above each page. */
export const layoutModule = createFrontendModule({
  pluginId: 'app',
  extensions: [appLayout, pageLayout],
});
