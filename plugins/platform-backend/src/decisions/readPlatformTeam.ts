import type { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** The entity reference of the team that looks after the platform, from `platform.teams.platform`. */
export function readPlatformTeam(config: RootConfigService): string {
  return stringifyEntityRef(
    parseEntityRef(
      config.getOptionalString('platform.teams.platform') ?? 'platform',
      { defaultKind: 'group', defaultNamespace: 'default' },
    ),
  );
}
