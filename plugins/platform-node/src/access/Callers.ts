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

/** Finds out who calls, and whether the permission policy lets them. */
export class Callers {
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

  /** People and other plugins alike. Throws `NotAllowedError` where the policy doesn't let them. */
  async require(asking: Asking, permission: BasicPermission): Promise<void> {
    await this.#authorize(await this.#credentialsOf(asking), permission);
  }

  /** A person. Throws `NotAllowedError` where it is none, or the policy doesn't let them. */
  async requirePerson(
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
    const credentials = await this.#credentialsOf(asking);
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Only a person can do this. Sign in, and use a token of your own.',
      );
    }
    return credentials;
  }

  async #credentialsOf(asking: Asking): Promise<BackstageCredentials> {
    return isCredentials(asking)
      ? asking
      : this.#httpAuth.credentials(asking, { allow: ['user', 'service'] });
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
