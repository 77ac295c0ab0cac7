import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { explainUnusableName } from './explainUnusableName';
import { ServiceName } from './ServiceName';

/** Asks for the name of a new service. */
export const serviceNameField = createFormField({
  name: 'ServiceName',
  component: ServiceName,
  validation: async (name: string | undefined, field, { apiHolder }) => {
    const platformApi = apiHolder.get(platformApiRef);
    if (!name || !platformApi) {
      // An empty name is the `required` rule's business.
      return;
    }
    const problem = await explainUnusableName(platformApi, name);
    if (problem) {
      field.addError(problem);
    }
  },
});
