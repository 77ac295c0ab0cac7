import {
  createFrontendModule,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';

const passwordPage = SubPageBlueprint.make({
  name: 'password',
  params: {
    path: 'password',
    title: 'Password',
    loader: () =>
      import('./PasswordPage').then(module => <module.PasswordPage />),
  },
});

/** What the portal adds to the settings page. */
export const userSettingsModule = createFrontendModule({
  pluginId: 'user-settings',
  extensions: [passwordPage],
});
