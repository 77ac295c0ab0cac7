import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  platformReadPermission,
  platformServiceOperatePermission,
} from '@slipway/plugin-platform-common';
import type { Request } from 'express';

/** Who calls, and on behalf of which teams. */
export interface Caller {
  /** The entity reference of the person. */
  userRef: string;
  /** The person and every team they belong to. */
  ownershipRefs: string[];
}

/** Decides who may do what: the permission policy first, then ownership. */
export class Access {
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /** People and other plugins may read what the policy lets them. */
  async requireRead(request: Request): Promise<void> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    await this.#authorize(credentials, platformReadPermission);
  }

  /** Only a person can act, and only one of the owning team. */
  async requireOwner(request: Request, owner: string): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    await this.#authorize(credentials, platformServiceOperatePermission);
    const caller = await this.#caller(credentials);
    if (!caller.ownershipRefs.includes(owner)) {
      throw new NotAllowedError(
        `Only members of ${owner} can do this. Ask one of them, or ask to join the team.`,
      );
    }
    return caller;
  }

  /** The caller, for filters such as "mine". */
  async caller(request: Request): Promise<Caller> {
    return this.#caller(
      await this.#httpAuth.credentials(request, { allow: ['user'] }),
    );
  }

  async #authorize(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You lack the permission ${permission.name}. Ask the platform team for it.`,
      );
    }
  }

  async #caller(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<Caller> {
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return { userRef: userEntityRef, ownershipRefs: ownershipEntityRefs };
  }
}
