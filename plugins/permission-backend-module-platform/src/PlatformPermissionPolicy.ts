import type {
  BackstageUserInfo,
  LoggerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { rules, type Audience } from './rules';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** Decides by the table of {@link rules}; what the table doesn't name is denied, and so is everybody not signed in. */
export class PlatformPermissionPolicy implements PermissionPolicy {
  readonly #audiences: ReadonlyMap<string, Audience>;
  readonly #platformTeam: string;
  readonly #userInfo: UserInfoService;
  readonly #logger: LoggerService;

  /** @param options - `platformTeam`: the entity reference of the team that looks after the platform */
  constructor(options: {
    platformTeam: string;
    userInfo: UserInfoService;
    logger: LoggerService;
  }) {
    this.#audiences = new Map(
      rules.map(([{ name }, audience]) => [name, audience]),
    );
    this.#platformTeam = options.platformTeam;
    this.#userInfo = options.userInfo;
    this.#logger = options.logger;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const audience = this.#audiences.get(permission.name);
    if (!audience) {
      this.#logger.debug(`No rule names ${permission.name}: denied`);
      return DENY;
    }
    if (!user) {
      return DENY;
    }
    if (audience === 'everyone') {
      return ALLOW;
    }
    const person = await this.#userInfo.getUserInfo(user.credentials);
    return person.ownershipEntityRefs.includes(this.#platformTeam)
      ? ALLOW
      : decideOnResource(permission, audience, person);
  }
}

function decideOnResource(
  permission: Permission,
  audience: Audience,
  { ownershipEntityRefs, userEntityRef }: BackstageUserInfo,
): PolicyDecision {
  if (
    audience === 'owners' &&
    isResourcePermission(permission, 'catalog-entity')
  ) {
    return createCatalogConditionalDecision(
      permission,
      catalogConditions.isEntityOwner({ claims: ownershipEntityRefs }),
    );
  }
  if (
    audience === 'creators' &&
    isResourcePermission(permission, 'scaffolder-task')
  ) {
    return createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
    );
  }
  return DENY;
}
