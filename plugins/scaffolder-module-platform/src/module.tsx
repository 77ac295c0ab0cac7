import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

const serviceName = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: () =>
      import('./fields/serviceNameField').then(
        module => module.serviceNameField,
      ),
  },
});

const ownedTeamPicker = FormFieldBlueprint.make({
  name: 'owned-team-picker',
  params: {
    field: () =>
      import('./fields/ownedTeamPickerField').then(
        module => module.ownedTeamPickerField,
      ),
  },
});

/**
 * `ui:field: ServiceName` for a name that a new service can have, and `ui:field: OwnedTeamPicker` for one
 * of the teams that the signed-in person belongs to.
 */
export const scaffolderModulePlatform = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [serviceName, ownedTeamPicker],
});
