import {
  createApiRef,
  type DiscoveryApi,
} from '@backstage/frontend-plugin-api';
import { LocalAuthClient, type LocalSession } from './LocalAuthClient';
import { LocalIdentity } from './LocalIdentity';

/** Signing in with a password, and the identity that results. */
export interface LocalAuthApi {
  /** @throws SignInError */
  signIn(username: string, password: string): Promise<LocalIdentity>;
  /** The identity of a session that the browser still holds. @throws SignInError */
  restore(): Promise<LocalIdentity | undefined>;
  /** Ends every other session of the signed-in person. @throws SignInError */
  changePassword(currentPassword: string, newPassword: string): Promise<void>;
  /** Whoever is signed in now. */
  current(): LocalIdentity | undefined;
}

export const localAuthApiRef = createApiRef<LocalAuthApi>().with({
  id: 'app.local-auth',
  pluginId: 'app',
});

/** Holds the one identity of this browser tab. */
export class LocalAuth implements LocalAuthApi {
  readonly #client: LocalAuthClient;
  #identity?: LocalIdentity;

  constructor(options: { discoveryApi: DiscoveryApi }) {
    this.#client = new LocalAuthClient(options);
  }

  async signIn(username: string, password: string): Promise<LocalIdentity> {
    return this.#adopt(await this.#client.signIn(username, password));
  }

  async restore(): Promise<LocalIdentity | undefined> {
    const session = await this.#client.refresh();
    return session && this.#adopt(session);
  }

  async changePassword(
    currentPassword: string,
    newPassword: string,
  ): Promise<void> {
    await this.#client.changePassword(currentPassword, newPassword);
  }

  current(): LocalIdentity | undefined {
    return this.#identity;
  }

  #adopt(session: LocalSession): LocalIdentity {
    this.#identity = new LocalIdentity({
      client: this.#client,
      session,
      // A reload shows the sign-in page, and after it this same address again.
      onSessionEnded: () => window.location.reload(),
    });
    return this.#identity;
  }
}
