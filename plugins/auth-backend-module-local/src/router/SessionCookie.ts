import type { CookieOptions, Request, Response } from 'express';
import type { Session } from '../sessions/DatabaseSessionStore';

const COOKIE_NAME = 'slipway-session';

/**
 * The cookie that holds a session's id: scripts can't read it, other sites can't send it along with their requests, and
 * it travels to the sign-in routes only.
 */
export class SessionCookie {
  readonly #options: CookieOptions;

  /** @param baseUrl - the address of the auth plugin, as browsers see it */
  constructor(baseUrl: string, providerId: string) {
    const { protocol, pathname } = new URL(baseUrl);
    this.#options = {
      httpOnly: true,
      sameSite: 'lax',
      secure: protocol === 'https:',
      path: `${pathname.replace(/\/$/, '')}/${providerId}`,
    };
  }

  read(request: Request): string | undefined {
    const value: unknown = request.cookies?.[COOKIE_NAME];
    return typeof value === 'string' ? value : undefined;
  }

  write(response: Response, session: Session): void {
    response.cookie(COOKIE_NAME, session.id, {
      ...this.#options,
      expires: session.expiresAt,
    });
  }

  clear(response: Response): void {
    response.clearCookie(COOKIE_NAME, this.#options);
  }
}
