import type {
  BackstageUserIdentity,
  IdentityApi,
  ProfileInfo,
} from '@backstage/frontend-plugin-api';
import type { LocalAuthClient, LocalSession } from './LocalAuthClient';

/** A token this close to its end is replaced before it is used, in milliseconds. */
const REFRESH_MARGIN = 60_000;

/**
 * The signed-in person. Callers always get a token that still holds for a while; however many ask at
 * once, there is one refresh at a time.
 */
export class LocalIdentity implements IdentityApi {
  readonly #client: LocalAuthClient;
  readonly #onSessionEnded: () => void;
  #session: LocalSession;
  #refreshing?: Promise<void>;

  constructor(options: {
    client: LocalAuthClient;
    session: LocalSession;
    /** Called once the server no longer knows the session: the person must sign in again. */
    onSessionEnded: () => void;
  }) {
    this.#client = options.client;
    this.#session = options.session;
    this.#onSessionEnded = options.onSessionEnded;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return this.#session.profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return this.#session.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    if (this.#session.expiresAt - Date.now() < REFRESH_MARGIN) {
      try {
        await this.refresh();
      } catch (error) {
        // The portal may be restarting. What we hold is good until it really has expired.
        if (this.#session.expiresAt <= Date.now()) {
          throw error;
        }
      }
    }
    return { token: this.#session.token };
  }

  async signOut(): Promise<void> {
    await this.#client.signOut();
  }

  /**
   * Replaces the token now, because the server refused it or it is about to expire.
   *
   * @throws SignInError - when the portal does not answer
   */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#replaceSession().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async #replaceSession(): Promise<void> {
    const session = await this.#client.refresh();
    if (session) {
      this.#session = session;
    } else {
      this.#onSessionEnded();
    }
  }
}
