import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ResourceName } from './ResourceName';

/** Asks for the name of a new resource. */
export const resourceNameField = createFormField({
  name: 'ResourceName',
  component: ResourceName,
});
