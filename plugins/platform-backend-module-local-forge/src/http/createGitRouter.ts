import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { Request, Response, Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import type { CatalogPeople } from '../people/CatalogPeople';
import type { PushDelivery } from '../pushes/PushDelivery';
import type { Repositories } from '../repositories/Repositories';
import type { RepositoryRow } from '../repositories/types';
import type { AccessTokenService } from '../tokens/AccessTokenService';
import type { HttpBackend } from './HttpBackend';

interface GitRouterOptions {
  repositories: Repositories;
  accessTokens: AccessTokenService;
  people: CatalogPeople;
  httpBackend: HttpBackend;
  delivery: PushDelivery;
  logger: LoggerService;
  /** Where a person makes an access token. */
  settingsUrl: string;
}

const ACTION =
  /^\/([a-z0-9-]+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/;

const STATUS: Record<string, number> = {
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ServiceUnavailableError: 503,
};

/**
 * Git's smart HTTP protocol. Refusals are plain text, which is what git shows to the person; they come
 * with the first request of a clone or push, the only one whose body git shows.
 */
export function createGitRouter(options: GitRouterOptions): ExpressRouter {
  const router = Router();
  router.use(async (request, response) => {
    try {
      await handle(request, response, options);
    } catch (error) {
      refuse(response, error, options.logger);
    }
  });
  return router;
}

async function handle(
  request: Request,
  response: Response,
  options: GitRouterOptions,
): Promise<void> {
  const { repositories, httpBackend, delivery } = options;
  const [, name, action] = ACTION.exec(request.path) ?? [];
  const service =
    action === 'info/refs' ? request.query.service : (action as unknown);
  const method = action === 'info/refs' ? 'GET' : 'POST';
  if (
    request.method !== method ||
    (service !== 'git-upload-pack' && service !== 'git-receive-pack')
  ) {
    throw new NotFoundError(
      'Only git finds something here. Run: git clone <this address>',
    );
  }

  const user = await authenticate(request, options);
  const row = await repositories.row(name);
  if (!row) {
    throw new NotFoundError(`There is no repository "${name}".`);
  }
  const isPush = service === 'git-receive-pack';
  await checkPerson(user, row, isPush, options);

  const pushId = randomUUID();
  try {
    await httpBackend.handle(request, response, {
      repository: name,
      action,
      user,
      pushId,
      message: `Pipelines: ${repositories.pipelinesUrl(name)}`,
      mergeRequestUrl: repositories.mergeRequestUrl(name, 'new'),
      isProtected: row.isProtected ?? false,
    });
  } finally {
    // Whatever became of the answer, the refs may have changed.
    if (action === 'git-receive-pack') {
      await delivery.deliver(row, pushId);
    }
  }
}

/** Answers the person's entity reference. Any user name will do: the token says who it is. */
async function authenticate(
  request: Request,
  { accessTokens, settingsUrl }: GitRouterOptions,
): Promise<string> {
  const [scheme, encoded] = (request.get('authorization') ?? '').split(' ');
  const text =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(encoded ?? '', 'base64').toString('utf8')
      : '';
  const password = text.slice(text.indexOf(':') + 1);
  if (!password) {
    throw new AuthenticationError(
      `Sign in with your user name and, as the password, an access token. Make one at ${settingsUrl}`,
    );
  }
  return accessTokens.authenticate(password);
}

async function checkPerson(
  user: string,
  row: RepositoryRow,
  isPush: boolean,
  { people }: GitRouterOptions,
): Promise<void> {
  const person = await people.find(user);
  if (!person) {
    throw new AuthenticationError(
      `The access token belongs to ${user}, who is no longer in the catalog.`,
    );
  }
  if (isPush && !person.groups.has(row.owner)) {
    throw new NotAllowedError(
      `Only members of ${row.owner} may push to ${row.name}, and ${user} is not one. Ask them for a review of your change, or to be added to the team.`,
    );
  }
}

function refuse(
  response: Response,
  error: unknown,
  logger: LoggerService,
): void {
  const status = isError(error) ? STATUS[error.name] : undefined;
  if (status === undefined) {
    logger.error('A git request failed', error as Error);
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (status === 401) {
    response.set('WWW-Authenticate', 'Basic realm="Slipway", charset="UTF-8"');
  }
  const message =
    status !== undefined && isError(error)
      ? error.message
      : 'The portal could not handle this. Try again; if it stays, tell the platform team.';
  response
    .status(status ?? 500)
    .type('text/plain')
    .send(`${message}\n`);
}
