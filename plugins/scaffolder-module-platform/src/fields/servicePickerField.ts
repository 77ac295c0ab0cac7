import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { ServicePicker } from './ServicePicker';

/** Asks which of the services of the signed-in person's teams; the value is a name. */
export const servicePickerField = createFormField({
  name: 'ServicePicker',
  component: ServicePicker,
});
