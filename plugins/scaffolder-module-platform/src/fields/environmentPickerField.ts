import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { EnvironmentPicker } from './EnvironmentPicker';

/** Asks for an environment; the value is its name. */
export const environmentPickerField = createFormField({
  name: 'EnvironmentPicker',
  component: EnvironmentPicker,
});
