import type {
  AuthService,
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
  platformServiceCreatePermission,
  platformServiceOperatePermission,
} from '@slipway/plugin-platform-common';

/** Who calls, and on behalf of which teams. */
export interface Caller {
  /** The entity reference of the person. */
  userRef: string;
  /** The person and every team they belong to. */
  ownershipRefs: string[];
}

type HttpRequest = Parameters<HttpAuthService['credentials']>[0];

/** What says who calls: an HTTP request, or the credentials an action was invoked with. */
export type Asking = HttpRequest | BackstageCredentials;

/** Decides who may do what: the permission policy first, then ownership. */
export class Access {
  readonly #auth: AuthService;
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    auth: AuthService;
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    userInfo: UserInfoService;
  }) {
    this.#auth = options.auth;
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#userInfo = options.userInfo;
  }

  /** People and other plugins may read what the policy lets them. */
  async requireRead(asking: Asking): Promise<void> {
    const credentials = isCredentials(asking)
      ? asking
      : await this.#httpAuth.credentials(asking, {
          allow: ['user', 'service'],
        });
    await this.#authorize(credentials, platformReadPermission);
  }

  /** A person who may read, where the answer depends on who asks. */
  requireReader(asking: Asking): Promise<Caller> {
    return this.#requirePerson(asking, platformReadPermission);
  }

  /** Only a person can act; on what, the rules about runs or an approval's terms decide. */
  requireOperator(asking: Asking): Promise<Caller> {
    return this.#requirePerson(asking, platformServiceOperatePermission);
  }

  /** Only a person can create a service; for which team, the rules about runs decide. */
  requireCreator(asking: Asking): Promise<Caller> {
    return this.#requirePerson(asking, platformServiceCreatePermission);
  }

  /** Only a person can act, and only one of the owning team. */
  async requireOwner(asking: Asking, owner: string): Promise<Caller> {
    const caller = await this.requireOperator(asking);
    if (!caller.ownershipRefs.includes(owner)) {
      throw new NotAllowedError(
        `Only members of ${owner} can do this. Ask one of them, or ask to join the team.`,
      );
    }
    return caller;
  }

  async #requirePerson(
    asking: Asking,
    permission: BasicPermission,
  ): Promise<Caller> {
    const credentials = await this.#personOf(asking);
    await this.#authorize(credentials, permission);
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return { userRef: userEntityRef, ownershipRefs: ownershipEntityRefs };
  }

  async #personOf(
    asking: Asking,
  ): Promise<BackstageCredentials<BackstageUserPrincipal>> {
    const credentials = isCredentials(asking)
      ? asking
      : await this.#httpAuth.credentials(asking, {
          allow: ['user', 'service'],
        });
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Only a person can do this. Sign in, and use a token of your own.',
      );
    }
    return credentials;
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
}

function isCredentials(asking: Asking): asking is BackstageCredentials {
  return '$$type' in asking;
}
