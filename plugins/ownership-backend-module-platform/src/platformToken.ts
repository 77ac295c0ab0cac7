import type { AuthService } from '@backstage/backend-plugin-api';

/** What a request to the platform is sent with, on behalf of this plugin. */
export async function platformToken(
  auth: AuthService,
): Promise<{ token: string }> {
  return auth.getPluginRequestToken({
    onBehalfOf: await auth.getOwnServiceCredentials(),
    targetPluginId: 'platform',
  });
}
