import { Strategy } from 'passport-local';
import type { LocalAuthService } from '../LocalAuthService';

/** What passport is told about somebody whose password is right. */
export interface VerifiedUser {
  userRef: string;
}

/** passport-local, with the service as the judge. */
export function createStrategy(service: LocalAuthService): Strategy {
  return new Strategy(
    { session: false, passReqToCallback: true },
    (request, userName, password, done) => {
      service.verify(userName, password, request.ip ?? 'unknown').then(
        userRef => done(undefined, { userRef } satisfies VerifiedUser),
        error => done(error),
      );
    },
  );
}
