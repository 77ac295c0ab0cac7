import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ResourcePicker } from './ResourcePicker';

/** Asks which of the resources of the signed-in person's teams; the value is an id. */
export const resourcePickerField = createFormField({
  name: 'ResourcePicker',
  component: ResourcePicker,
});
