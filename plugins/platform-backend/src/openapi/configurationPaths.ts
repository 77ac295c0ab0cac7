import { commonErrors, conflict, notFound, unavailable } from './errors';
import {
  answering,
  body,
  reason,
  serviceParameter,
  text,
} from './deliveryParts';
import { idempotencyKeyParameter } from './parameters';

const tags = ['configuration'] as const;

const place = [
  serviceParameter,
  {
    name: 'environment',
    in: 'path',
    required: true,
    schema: text,
  },
] as const;

const values = {
  type: 'object',
  description: 'By name; null takes one away, what is not named stays.',
  additionalProperties: { type: 'string', nullable: true },
} as const;

const version = {
  type: 'integer',
  minimum: 0,
  description: '0 where nothing was ever set.',
} as const;

const change = {
  type: 'object',
  additionalProperties: false,
  required: ['key', 'isSecret', 'action'],
  properties: {
    key: text,
    isSecret: { type: 'boolean' },
    action: { type: 'string', enum: ['add', 'change', 'remove'] },
    from: text,
    to: text,
  },
} as const;

export const configurationSchemas = {
  ConfigurationVersion: {
    type: 'object',
    additionalProperties: false,
    required: ['version', 'changedBy', 'changedAt', 'runId', 'changes'],
    properties: {
      version,
      reason: text,
      changedBy: text,
      changedAt: text,
      runId: text,
      changes: { type: 'array', items: change },
    },
  },
  Configuration: {
    type: 'object',
    additionalProperties: false,
    required: [
      'service',
      'environment',
      'version',
      'variables',
      'secrets',
      'missing',
      'history',
    ],
    properties: {
      service: text,
      environment: text,
      version,
      variables: { type: 'object', additionalProperties: text },
      secrets: {
        type: 'array',
        description: 'Their names; their values are never shown.',
        items: text,
      },
      missing: {
        type: 'array',
        description:
          'What the release that serves asks for and that is not set.',
        items: text,
      },
      history: {
        type: 'array',
        description: 'The newest 50 versions, newest first.',
        items: { $ref: '#/components/schemas/ConfigurationVersion' },
      },
    },
  },
} as const;

/** What services are given in environments. */
export const configurationPaths = {
  '/services/{name}/configuration/{environment}': {
    get: {
      operationId: 'getConfiguration',
      tags,
      summary: 'Show the configuration of a service in an environment',
      parameters: place,
      responses: {
        ...answering('200', 'What is in force.', 'Configuration'),
        ...commonErrors,
        ...notFound,
      },
    },
    post: {
      operationId: 'changeConfiguration',
      tags,
      summary: 'Change variables and secrets',
      description:
        'Starts a run that brings the change into force and deploys what serves once more. Refused where the version is not the newest.',
      parameters: [...place, idempotencyKeyParameter],
      requestBody: body(['version'], {
        version,
        variables: values,
        secrets: values,
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
} as const;
