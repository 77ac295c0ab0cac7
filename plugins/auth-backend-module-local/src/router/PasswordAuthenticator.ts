import { AuthenticationError } from '@backstage/errors';
import type { Request } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-local';
import type { LocalAuthService } from '../LocalAuthService';

interface VerifiedUser {
  userRef: string;
}

const STRATEGY = 'local';

/** Lets passport take user name and password out of a request, and the service judge them. */
export class PasswordAuthenticator {
  // Asked for by name: passport makes a copy of a named strategy for each request, but would share one it is handed
  // between requests under way, and mix up their answers.
  readonly #passport = new passport.Passport();

  constructor(service: LocalAuthService) {
    const strategy = new Strategy(
      { session: false, passReqToCallback: true },
      (request, userName, password, done) => {
        service.verify(userName, password, request.ip ?? 'unknown').then(
          userRef => done(undefined, { userRef } satisfies VerifiedUser),
          error => done(error),
        );
      },
    );
    this.#passport.use(STRATEGY, strategy);
  }

  /** The entity reference of the user whose credentials the request holds; throws what the service throws. */
  authenticate(request: Request): Promise<string> {
    return new Promise((resolve, reject) => {
      const handle = this.#passport.authenticate(
        STRATEGY,
        { session: false },
        (error: unknown, user: VerifiedUser | false | undefined) => {
          if (user) {
            resolve(user.userRef);
          } else {
            reject(
              error ??
                new AuthenticationError('User name or password is missing.'),
            );
          }
        },
      );
      handle(request, request.res, reject);
    });
  }
}
