import { DEPLOYMENT_STATES } from '@slipway/plugin-platform-common';
import { commonErrors, conflict, notFound, unavailable } from './errors';
import {
  cursorParameter,
  idempotencyKeyParameter,
  idParameter,
  limitParameter,
  ownersParameter,
} from './parameters';

import {
  answering,
  body,
  environmentParameter,
  reason,
  serviceParameter,
  text,
} from './deliveryParts';

const tags = ['delivery'] as const;

/** Releases, deployments and holds. */
export const deliveryPaths = {
  '/deployments': {
    get: {
      operationId: 'listDeployments',
      tags,
      summary: 'List the deployments of all services, newest first',
      parameters: [
        ownersParameter,
        { name: 'service', in: 'query', schema: text },
        environmentParameter,
        {
          name: 'state',
          in: 'query',
          description: 'In any of these states.',
          schema: {
            type: 'array',
            items: { type: 'string', enum: DEPLOYMENT_STATES },
          },
        },
        cursorParameter,
        limitParameter,
      ],
      responses: {
        ...answering('200', 'One page.', 'DeploymentPage'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/services/{name}/releases': {
    get: {
      operationId: 'listReleases',
      tags,
      summary: 'List the newest 100 releases of a service',
      parameters: [serviceParameter],
      responses: {
        ...answering('200', 'Newest first.', 'ReleaseList'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/services/{name}/releases/{number}': {
    get: {
      operationId: 'getRelease',
      tags,
      summary: 'Show a release, and where it was brought',
      parameters: [
        serviceParameter,
        {
          name: 'number',
          in: 'path',
          required: true,
          schema: { type: 'integer', minimum: 1 },
        },
      ],
      responses: {
        ...answering('200', 'The release.', 'ReleaseDetail'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/services/{name}/deployments': {
    get: {
      operationId: 'listServiceDeployments',
      tags,
      summary: 'List the deployments of a service, newest first',
      parameters: [serviceParameter, environmentParameter, limitParameter],
      responses: {
        ...answering('200', 'Newest first.', 'DeploymentList'),
        ...commonErrors,
        ...notFound,
      },
    },
    post: {
      operationId: 'deploy',
      tags,
      summary: 'Bring a release into an environment',
      description:
        'Promotes it where it comes from the environment before, rolls back to it where it has served there and a newer one does. Refused where it is held, or skips an environment.',
      parameters: [serviceParameter, idempotencyKeyParameter],
      requestBody: body(['environment', 'releaseId'], {
        environment: text,
        releaseId: text,
        reason,
      }),
      responses: {
        ...answering('201', 'The run.', 'Run'),
        ...commonErrors,
        ...notFound,
        ...conflict,
        ...unavailable,
      },
    },
  },
  '/services/{name}/rollbacks': {
    post: {
      operationId: 'rollBack',
      tags,
      summary: 'Bring back a release that served before',
      description:
        'Without a release, the one that served before. Cancels what is under way there, unless somebody has to agree first.',
      parameters: [serviceParameter, idempotencyKeyParameter],
      requestBody: body(['environment'], {
        environment: text,
        releaseId: text,
        reason,
      }),
      responses: {
        ...answering('201', 'The run.', 'Run'),
        ...commonErrors,
        ...notFound,
        ...conflict,
        ...unavailable,
      },
    },
  },
  '/services/{name}/holds': {
    get: {
      operationId: 'listHolds',
      tags,
      summary: 'List what is held, or was',
      parameters: [serviceParameter],
      responses: {
        ...answering('200', 'Newest first.', 'ReleaseHoldList'),
        ...commonErrors,
        ...notFound,
      },
    },
    post: {
      operationId: 'placeHold',
      tags,
      summary: 'Keep a release from being deployed',
      description:
        'Its digest goes to no environment until the hold is lifted. Where it serves, it goes on.',
      parameters: [serviceParameter],
      requestBody: body(['release', 'reason'], {
        release: { type: 'integer', minimum: 1 },
        reason,
      }),
      responses: {
        ...answering('201', 'The hold.', 'ReleaseHold'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/services/{name}/holds/{id}/lift': {
    post: {
      operationId: 'liftHold',
      tags,
      summary: 'Let a release be deployed again',
      parameters: [serviceParameter, idParameter],
      requestBody: body(['reason'], { reason }),
      responses: {
        ...answering('200', 'The hold, lifted.', 'ReleaseHold'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
} as const;
