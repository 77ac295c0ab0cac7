import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogIngestionManagePermission,
  catalogIngestionReadPermission,
  catalogLocationAnalyzePermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import type { Permission } from '@backstage/plugin-permission-common';
import {
  actionExecutePermission,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateManagementPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  leaversConfirmPermission,
  ownershipActPermission,
  ownershipImportPermission,
  ownershipReadPermission,
} from '@slipway/plugin-ownership-common';
import {
  platformReadPermission,
  platformServiceCreatePermission,
  platformServiceOperatePermission,
} from '@slipway/plugin-platform-common';

/**
 * Who may do something. `owners` own the entity, `creators` started the task; what is theirs, the platform team may
 * do as well.
 */
export type Audience = 'everyone' | 'owners' | 'creators' | 'platform-team';

/** Who may do what. What isn't listed, nobody may. */
export const rules: ReadonlyArray<readonly [Permission, Audience]> = [
  // The platform checks on top that a team acts on what it owns.
  [platformReadPermission, 'everyone'],
  [platformServiceCreatePermission, 'everyone'],
  [platformServiceOperatePermission, 'everyone'],

  // That something is theirs is checked on top as well.
  [ownershipReadPermission, 'everyone'],
  [ownershipActPermission, 'everyone'],
  [leaversConfirmPermission, 'platform-team'],
  [ownershipImportPermission, 'platform-team'],

  // The catalog is open to read; what is in it comes from repositories, so nobody types it in by hand.
  [catalogEntityReadPermission, 'everyone'],
  [catalogEntityRefreshPermission, 'everyone'],
  [catalogEntityValidatePermission, 'everyone'],
  [catalogLocationReadPermission, 'everyone'],
  [catalogEntityDeletePermission, 'owners'],
  [catalogEntityCreatePermission, 'platform-team'],
  [catalogLocationAnalyzePermission, 'platform-team'],
  [catalogLocationCreatePermission, 'platform-team'],
  [catalogLocationDeletePermission, 'platform-team'],
  [catalogIngestionReadPermission, 'platform-team'],
  [catalogIngestionManagePermission, 'platform-team'],

  // Anybody may use a template and see what came of it.
  [templateParameterReadPermission, 'everyone'],
  [templateStepReadPermission, 'everyone'],
  [actionExecutePermission, 'everyone'],
  [taskCreatePermission, 'everyone'],
  [taskReadPermission, 'everyone'],
  [taskCancelPermission, 'creators'],
  [templateDryRunPermission, 'platform-team'],
  [templateManagementPermission, 'platform-team'],
];
