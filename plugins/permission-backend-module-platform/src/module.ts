import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { PlatformPermissionPolicy } from './PlatformPermissionPolicy';

/** Decides who may do what in the portal. */
export const permissionModulePlatform = createBackendModule({
  pluginId: 'permission',
  moduleId: 'platform',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ config, logger, policy, userInfo }) {
        const team = config.getOptionalString('platform.teams.platform');
        const platformTeam = stringifyEntityRef(
          parseEntityRef(team ?? 'platform', {
            defaultKind: 'group',
            defaultNamespace: 'default',
          }),
        );
        policy.setPolicy(
          new PlatformPermissionPolicy({ platformTeam, userInfo, logger }),
        );
      },
    });
  },
});
