import { createPermission } from '@backstage/plugin-permission-common';

/** See who owns what, who is on call, and what is wrong with it. */
export const ownershipReadPermission = createPermission({
  name: 'ownership.read',
  attributes: { action: 'read' },
});

/** Look after findings, and offer and take what teams own. That it is theirs is checked on top. */
export const ownershipActPermission = createPermission({
  name: 'ownership.act',
  attributes: { action: 'update' },
});

/** Bring existing services into the catalog, many at once. */
export const ownershipImportPermission = createPermission({
  name: 'ownership.import',
  attributes: { action: 'create' },
});

/** Say that many who are gone at once have left, so that what they had is taken back. */
export const leaversConfirmPermission = createPermission({
  name: 'ownership.leavers.confirm',
  attributes: { action: 'update' },
});

/** Every permission of the ownership plugin. */
export const ownershipPermissions = [
  ownershipReadPermission,
  ownershipActPermission,
  leaversConfirmPermission,
  ownershipImportPermission,
];
