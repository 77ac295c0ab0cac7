import { createPermission } from '@backstage/plugin-permission-common';

/** See runs, pipelines and deployments, with their logs. */
export const platformReadPermission = createPermission({
  name: 'platform.read',
  attributes: { action: 'read' },
});

/** Create a service or repository. Ownership of the owning team is checked on top. */
export const platformServiceCreatePermission = createPermission({
  name: 'platform.service.create',
  attributes: { action: 'create' },
});

/** Act on a service: deploy, cancel, retry. Ownership of the service is checked on top. */
export const platformServiceOperatePermission = createPermission({
  name: 'platform.service.operate',
  attributes: { action: 'update' },
});

/** Every permission of the platform plugin. */
export const platformPermissions = [
  platformReadPermission,
  platformServiceCreatePermission,
  platformServiceOperatePermission,
];
