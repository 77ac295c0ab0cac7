import type {
  BackstageUserIdentity,
  DiscoveryApi,
  ProfileInfo,
} from '@backstage/frontend-plugin-api';
import { SignInError } from './SignInError';

/** Who is signed in, and the token that proves it until `expiresAt` (milliseconds since 1970). */
export interface LocalSession {
  identity: BackstageUserIdentity;
  profile: ProfileInfo;
  token: string;
  expiresAt: number;
}

interface SessionResponse {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
}

/** What the backend issues when it does not say how long it lasts; shorter than any default. */
const ASSUMED_LIFETIME_SECONDS = 600;

/** How long to wait when the backend says "too many attempts" without saying how long. */
const ASSUMED_WAIT_SECONDS = 60;

/**
 * Speaks to the `local` sign-in provider. The session itself is a cookie that scripts cannot read;
 * what comes back is a short-lived token.
 */
export class LocalAuthClient {
  readonly #discoveryApi: DiscoveryApi;

  constructor(options: { discoveryApi: DiscoveryApi }) {
    this.#discoveryApi = options.discoveryApi;
  }

  /** @throws SignInError */
  async signIn(username: string, password: string): Promise<LocalSession> {
    const response = await this.#post('login', { username, password });
    if (!response.ok) {
      throw await explain(response);
    }
    const session = await this.refresh();
    if (!session) {
      throw new SignInError(
        'failed',
        'The browser did not keep the session. Allow cookies for this site, then try again.',
      );
    }
    return session;
  }

  /**
   * A new token for the session the browser holds, or `undefined` where it holds none.
   *
   * @throws SignInError - when the portal does not answer
   */
  async refresh(): Promise<LocalSession | undefined> {
    const response = await this.#request('refresh');
    if (response.ok) {
      return readSession(response);
    }
    if (response.status === 401 || response.status === 403) {
      return undefined;
    }
    throw await explain(response);
  }

  /** Ends the session on the server too, so that its cookie is worth nothing afterwards. */
  async signOut(): Promise<void> {
    await this.#request('logout', { method: 'POST' });
  }

  /** @throws SignInError */
  async changePassword(
    currentPassword: string,
    newPassword: string,
  ): Promise<void> {
    const body = { currentPassword, newPassword };
    const response = await this.#post('password', body);
    if (!response.ok) {
      throw await explain(response);
    }
  }

  #post(action: string, body: unknown): Promise<Response> {
    return this.#request(action, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async #request(action: string, init: RequestInit = {}): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('auth');
    const headers = new Headers(init.headers);
    headers.set('x-requested-with', 'XMLHttpRequest');
    try {
      return await fetch(`${baseUrl}/local/${action}`, {
        ...init,
        headers,
        credentials: 'include',
      });
    } catch {
      throw new SignInError(
        'unreachable',
        'The portal does not answer. Check that it is running, then try again.',
      );
    }
  }
}

async function readSession(response: Response): Promise<LocalSession> {
  const { profile, backstageIdentity } =
    (await response.json()) as SessionResponse;
  const { token, identity, expiresInSeconds } = backstageIdentity;
  const lifetime = expiresInSeconds ?? ASSUMED_LIFETIME_SECONDS;
  return { identity, profile, token, expiresAt: Date.now() + lifetime * 1000 };
}

/** The messages of the sign-in provider are written to be shown; other failures get one from here. */
async function explain(response: Response): Promise<SignInError> {
  const message = await readErrorMessage(response);
  if (response.status === 401) {
    return new SignInError(
      'rejected',
      message ?? 'User name and password do not match. Try again.',
    );
  }
  if (response.status === 429) {
    const header = Number(response.headers.get('retry-after'));
    const seconds = header > 0 ? Math.ceil(header) : ASSUMED_WAIT_SECONDS;
    return new SignInError(
      'throttled',
      message ?? 'Too many attempts.',
      seconds,
    );
  }
  if (!message && response.status >= 502 && response.status <= 504) {
    return new SignInError(
      'unreachable',
      'The portal is starting or not reachable. Try again in a moment.',
    );
  }
  return new SignInError(
    'failed',
    message ??
      `The portal could not do this (HTTP ${response.status}). Try again.`,
  );
}

async function readErrorMessage(
  response: Response,
): Promise<string | undefined> {
  try {
    const body = (await response.json()) as { error?: { message?: string } };
    return body.error?.message;
  } catch {
    return undefined;
  }
}
