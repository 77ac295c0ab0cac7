import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { TemplateCard as SwappableTemplateCard } from '@backstage/plugin-scaffolder-react/alpha';

const templateCard = SwappableComponentBlueprint.make({
  name: 'scaffolder-template-card',
  params: define =>
    define({
      component: SwappableTemplateCard,
      loader: () =>
        import('./TemplateCard').then(module => module.TemplateCard),
    }),
});

/** How templates are offered on the Create page. */
export const scaffolderModule = createFrontendModule({
  pluginId: 'app',
  extensions: [templateCard],
});
