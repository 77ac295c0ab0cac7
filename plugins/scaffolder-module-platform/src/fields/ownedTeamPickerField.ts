import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { OwnedTeamPicker } from './OwnedTeamPicker';

/** Asks which of the signed-in person's teams is to own something; the value is an entity reference. */
export const ownedTeamPickerField = createFormField({
  name: 'OwnedTeamPicker',
  component: OwnedTeamPicker,
});
