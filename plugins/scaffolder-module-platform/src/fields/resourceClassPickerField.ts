import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ResourceClassPicker } from './ResourceClassPicker';

/** Asks for a class of a resource type, in the environment that was chosen. */
export const resourceClassPickerField = createFormField({
  name: 'ResourceClassPicker',
  component: ResourceClassPicker,
});
