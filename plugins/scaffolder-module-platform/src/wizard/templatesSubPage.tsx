import { coreExtensionData } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { formFieldsApiRef } from '@backstage/plugin-scaffolder-react/alpha';
import { lazy, Suspense } from 'react';

const TemplatesPage = lazy(() =>
  import('./TemplatesPage').then(module => ({ default: module.TemplatesPage })),
);

/**
 * Backstage's own page of templates, but for the wizard of a template that says which run it starts: that one shows the plan on its
 * review step, which Backstage's own can't be given.
 */
export const templatesSubPage = scaffolderPlugin
  .getExtension('sub-page:scaffolder/templates')
  .override({
    factory(originalFactory, { apis, config }) {
      const original = originalFactory();
      const formFieldsApi = apis.get(formFieldsApiRef);
      const page = original.get(coreExtensionData.reactElement);
      return [
        ...original,
        coreExtensionData.reactElement(
          <Suspense fallback={null}>
            <TemplatesPage
              original={page}
              loadFormFields={async () =>
                (await formFieldsApi?.loadFormFields()) ?? []
              }
              theme={config.enableBackstageUi ? 'bui' : 'mui'}
            />
          </Suspense>,
        ),
      ];
    },
  });
