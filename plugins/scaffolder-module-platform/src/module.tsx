import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { templatesSubPage } from './wizard/templatesSubPage';

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

const environmentPicker = FormFieldBlueprint.make({
  name: 'environment-picker',
  params: {
    field: () =>
      import('./fields/environmentPickerField').then(
        module => module.environmentPickerField,
      ),
  },
});

const resourceName = FormFieldBlueprint.make({
  name: 'resource-name',
  params: {
    field: () =>
      import('./fields/resourceNameField').then(
        module => module.resourceNameField,
      ),
  },
});

const resourceClassPicker = FormFieldBlueprint.make({
  name: 'resource-class-picker',
  params: {
    field: () =>
      import('./fields/resourceClassPickerField').then(
        module => module.resourceClassPickerField,
      ),
  },
});

const resourcePicker = FormFieldBlueprint.make({
  name: 'resource-picker',
  params: {
    field: () =>
      import('./fields/resourcePickerField').then(
        module => module.resourcePickerField,
      ),
  },
});

const servicePicker = FormFieldBlueprint.make({
  name: 'service-picker',
  params: {
    field: () =>
      import('./fields/servicePickerField').then(
        module => module.servicePickerField,
      ),
  },
});

const runPlanPreview = FormFieldBlueprint.make({
  name: 'run-plan-preview',
  params: {
    field: () =>
      import('./plan/runPlanPreviewField').then(
        module => module.runPlanPreviewField,
      ),
  },
});

/**
 * The fields that Slipway's templates ask with, by `ui:field`: `ServiceName` and `ResourceName` for names that can be had,
 * `OwnedTeamPicker`, `EnvironmentPicker`, `ResourceClassPicker`, `ResourcePicker` and `ServicePicker` for what there is to choose
 * from, and `RunPlanPreview`, which says which run the template is going to start, so that its plan is shown before that.
 */
export const scaffolderModulePlatform = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    serviceName,
    ownedTeamPicker,
    environmentPicker,
    resourceName,
    resourceClassPicker,
    resourcePicker,
    servicePicker,
    runPlanPreview,
    templatesSubPage,
  ],
});
