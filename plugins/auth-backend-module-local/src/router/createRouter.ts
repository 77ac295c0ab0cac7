import { AuthenticationError, InputError } from '@backstage/errors';
import type { AuthResolverContext } from '@backstage/plugin-auth-node';
import cookieParser from 'cookie-parser';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
} from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { LocalAuthService } from '../LocalAuthService';
import { TooManyAttemptsError } from '../throttle/TooManyAttemptsError';
import { PasswordAuthenticator } from './PasswordAuthenticator';
import type { SessionCookie } from './SessionCookie';

/** What the routes need. */
export interface RouterOptions {
  service: LocalAuthService;
  cookie: SessionCookie;
  context: AuthResolverContext;
}

const MAX_USER_NAME_LENGTH = 128;
const MAX_INPUT_LENGTH = 1024;

const loginRequest = z.object({
  username: z.string().min(1).max(MAX_USER_NAME_LENGTH),
  password: z.string().min(1).max(MAX_INPUT_LENGTH),
});

const passwordRequest = z.object({
  currentPassword: z.string().min(1).max(MAX_INPUT_LENGTH),
  newPassword: z.string().max(MAX_INPUT_LENGTH),
});

/** A page of another site can send a form here, but not this header. */
const requireOwnScript: RequestHandler = (request, _response, next) => {
  if (request.header('x-requested-with') !== 'XMLHttpRequest') {
    throw new AuthenticationError(
      'The header "X-Requested-With: XMLHttpRequest" is missing.',
    );
  }
  next();
};

const sayWhenToTryAgain: ErrorRequestHandler = (
  error,
  _request,
  response,
  next,
) => {
  if (error instanceof TooManyAttemptsError) {
    response.set('retry-after', String(error.retryAfterSeconds));
  }
  next(error);
};

/** The routes that README.md describes, below `/api/auth/local`. */
export function createRouter(options: RouterOptions): express.Router {
  const { service, cookie, context } = options;
  const authenticator = new PasswordAuthenticator(service);
  const router = Router();
  router.use(requireOwnScript, cookieParser(), express.json());

  router.post('/login', async (request, response) => {
    parse(loginRequest, request);
    const userRef = await authenticator.authenticate(request);
    const { session, identity } = await service.signIn(userRef, context);
    cookie.write(response, session);
    response.json(identity);
  });

  router.get('/refresh', async (request, response) => {
    const sessionId = cookie.read(request);
    const { session, identity } = await service.refresh(sessionId, context);
    cookie.write(response, session);
    response.json(identity);
  });

  router.post('/logout', async (request, response) => {
    await service.signOut(cookie.read(request));
    cookie.clear(response);
    response.status(204).end();
  });

  router.post('/password', async (request, response) => {
    const { currentPassword, newPassword } = parse(passwordRequest, request);
    await service.changePassword({
      sessionId: cookie.read(request),
      currentPassword,
      newPassword,
      address: request.ip ?? 'unknown',
    });
    response.status(204).end();
  });

  router.use(sayWhenToTryAgain);
  return router;
}

function parse<T>(schema: z.ZodType<T>, request: Request): T {
  const result = schema.safeParse(request.body);
  if (!result.success) {
    throw new InputError(
      `The request is not as it should be: ${z.prettifyError(result.error)}`,
    );
  }
  return result.data;
}
