import type { Entity, UserEntity } from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  prepareBackstageIdentityResponse,
  type AuthResolverContext,
  type ClientAuthResponse,
} from '@backstage/plugin-auth-node';
import type { DatabaseCredentialStore } from './credentials/DatabaseCredentialStore';
import { explainPassword } from './credentials/explainPassword';
import type { PasswordFile } from './credentials/PasswordFile';
import type { PasswordHasher } from './credentials/PasswordHasher';
import type {
  DatabaseSessionStore,
  Session,
} from './sessions/DatabaseSessionStore';
import type { AttemptThrottle } from './throttle/AttemptThrottle';
import type { UserDirectory } from './users/UserDirectory';
import { formatUserName, parseUserName } from './users/userName';

/** Who is signed in, in the shape in which every auth provider of Backstage tells the browser. */
export type LocalIdentity = ClientAuthResponse<Record<string, never>>;

/** A session with the identity of its user. */
export interface SignedIn {
  session: Session;
  identity: LocalIdentity;
}

/** What the service stands on. */
export interface LocalAuthServiceOptions {
  credentials: DatabaseCredentialStore;
  sessions: DatabaseSessionStore;
  throttle: AttemptThrottle;
  hasher: PasswordHasher;
  passwordFile: PasswordFile;
  users: UserDirectory;
}

/** The rules of signing in and out with a password. */
export class LocalAuthService {
  readonly #options: LocalAuthServiceOptions;

  constructor(options: LocalAuthServiceOptions) {
    this.#options = options;
  }

  /**
   * Tells whose user name and password these are.
   * Throws `AuthenticationError` where they don't match, without saying which of them is wrong, and
   * `TooManyAttemptsError` where this was tried too often.
   */
  async verify(
    userName: string,
    password: string,
    address: string,
  ): Promise<string> {
    const { credentials, hasher, throttle } = this.#options;
    const attempt = await throttle.begin(userName, address);
    const userRef = parseUserName(userName);
    const hash = userRef && (await credentials.findHash(userRef));
    const matches = await hasher.verify(hash, password);
    if (!userRef || !matches) {
      throw new AuthenticationError(
        'User name and password do not match. Check both and try again.',
      );
    }
    await attempt.succeeded();
    return userRef;
  }

  /** Opens a session for a user whose password was verified. */
  async signIn(
    userRef: string,
    context: AuthResolverContext,
  ): Promise<SignedIn> {
    const identity = await this.#identify(userRef, context);
    return { session: await this.#options.sessions.open(userRef), identity };
  }

  /** Issues a new token. Throws `AuthenticationError` where the session has ended. */
  async refresh(
    sessionId: string | undefined,
    context: AuthResolverContext,
  ): Promise<SignedIn> {
    const session = await this.#use(sessionId);
    return {
      session,
      identity: await this.#identify(session.userRef, context),
    };
  }

  /** Ends a session; nothing happens where there is none. */
  async signOut(sessionId: string | undefined): Promise<void> {
    if (sessionId) {
      await this.#options.sessions.close(sessionId);
    }
  }

  /**
   * Gives the user of a session another password and ends their other sessions.
   * Throws `AuthenticationError` without a session or with a wrong current password, `InputError` where the new one breaks
   * a rule.
   */
  async changePassword(request: {
    sessionId: string | undefined;
    currentPassword: string;
    newPassword: string;
    address: string;
  }): Promise<void> {
    const { credentials, hasher, passwordFile, sessions } = this.#options;
    const { currentPassword, newPassword, address } = request;
    const { id, userRef } = await this.#use(request.sessionId);
    const problem = explainPassword(newPassword, { userRef, currentPassword });
    if (problem) {
      throw new InputError(problem);
    }
    await this.#verifyCurrent(userRef, currentPassword, address);
    await credentials.change(userRef, await hasher.hash(newPassword));
    await sessions.closeAll(userRef, id);
    await passwordFile.remove([userRef]);
  }

  async #verifyCurrent(
    userRef: string,
    password: string,
    address: string,
  ): Promise<void> {
    const { credentials, hasher, throttle } = this.#options;
    const attempt = await throttle.begin(formatUserName(userRef), address);
    const hash = await credentials.findHash(userRef);
    if (!(await hasher.verify(hash, password))) {
      throw new InputError(
        'The current password is not right. Check it and try again.',
      );
    }
    await attempt.succeeded();
  }

  async #use(sessionId: string | undefined): Promise<Session> {
    const session = sessionId && (await this.#options.sessions.use(sessionId));
    if (!session) {
      throw new AuthenticationError('Nobody is signed in. Sign in first.');
    }
    return session;
  }

  /** The catalog decides who somebody is, and whether they still are. */
  async #identify(
    userRef: string,
    context: AuthResolverContext,
  ): Promise<LocalIdentity> {
    const entity = await this.#findUser(userRef, context);
    const { ownershipEntityRefs } =
      await context.resolveOwnershipEntityRefs(entity);
    const result = await context.issueToken({
      claims: { sub: userRef, ent: ownershipEntityRefs },
    });
    const { displayName, email, picture } =
      (entity as UserEntity).spec?.profile ?? {};
    return {
      providerInfo: {},
      profile: { displayName, email, picture },
      backstageIdentity: prepareBackstageIdentityResponse(result),
    };
  }

  async #findUser(
    userRef: string,
    context: AuthResolverContext,
  ): Promise<Entity> {
    try {
      const { entity } = await context.findCatalogUser({ entityRef: userRef });
      return entity;
    } catch (error) {
      if ((error as Error).name !== 'NotFoundError') {
        throw error;
      }
    }
    const userName = formatUserName(userRef);
    if ((await this.#options.users.list()).includes(userRef)) {
      throw new ServiceUnavailableError(
        `The catalog has not read the entity of ${userName} yet. Try again in a few seconds.`,
      );
    }
    await this.#options.sessions.closeAll(userRef);
    throw new AuthenticationError(
      `${userName} is no longer in the catalog, so cannot sign in. Ask the platform team.`,
    );
  }
}
