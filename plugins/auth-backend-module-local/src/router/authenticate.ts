import { AuthenticationError } from '@backstage/errors';
import type { Request } from 'express';
import passport from 'passport';
import type { Strategy } from 'passport-local';
import type { VerifiedUser } from './createStrategy';

/** Lets passport take the credentials out of a request; throws what the strategy's judge threw. */
export function authenticate(
  strategy: Strategy,
  request: Request,
): Promise<VerifiedUser> {
  return new Promise((resolve, reject) => {
    const handle = passport.authenticate(
      strategy,
      { session: false },
      (error: unknown, user: VerifiedUser | false | null) => {
        if (user) {
          resolve(user);
        } else {
          reject(
            error ?? new AuthenticationError('User name or password missing.'),
          );
        }
      },
    );
    handle(request, request.res, reject);
  });
}
