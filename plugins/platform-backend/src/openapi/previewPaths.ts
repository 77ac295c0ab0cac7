import { PREVIEW_STATES } from '@slipway/plugin-platform-common';
import { answering, body, text } from './deliveryParts';
import { commonErrors, conflict, notFound, unavailable } from './errors';
import { idempotencyKeyParameter, idParameter } from './parameters';

const tags = ['previews'] as const;

const deployment = { $ref: '#/components/schemas/Deployment' } as const;

export const previewSchemas = {
  Preview: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'environment',
      'base',
      'service',
      'owner',
      'branch',
      'state',
      'requestedBy',
      'createdAt',
      'expiresAt',
    ],
    properties: {
      id: text,
      environment: { type: 'string', description: 'Its name.' },
      base: {
        type: 'string',
        description: 'The environment that it is cloned from.',
      },
      service: text,
      owner: text,
      branch: text,
      mergeRequest: { type: 'integer' },
      state: { type: 'string', enum: PREVIEW_STATES },
      reason: { type: 'string', description: 'Why it goes, or went.' },
      removalRunId: text,
      requestedBy: text,
      createdAt: text,
      expiresAt: text,
      removedAt: text,
      serving: deployment,
      latest: deployment,
    },
  },
  PreviewList: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/Preview' },
      },
    },
  },
} as const;

/** Environments that branches have for themselves. */
export const previewPaths = {
  '/previews': {
    get: {
      operationId: 'listPreviews',
      tags,
      summary: 'List previews, the newest 200',
      parameters: [
        { name: 'service', in: 'query', schema: text },
        { name: 'branch', in: 'query', schema: text },
        {
          name: 'state',
          in: 'query',
          description: 'In any of these states.',
          schema: {
            type: 'array',
            items: { type: 'string', enum: PREVIEW_STATES },
          },
        },
      ],
      responses: {
        ...answering('200', 'Newest first.', 'PreviewList'),
        ...commonErrors,
      },
    },
    post: {
      operationId: 'startPreview',
      tags,
      summary: 'Give a branch a preview',
      description:
        'Answers the one that it has, where it has one. It shows the newest green pipeline of the branch, and each one after that.',
      requestBody: body(['service', 'branch'], { service: text, branch: text }),
      responses: {
        ...answering('201', 'The preview.', 'Preview'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/previews/{id}/extend': {
    post: {
      operationId: 'extendPreview',
      tags,
      summary: 'Let a preview last as long from now on as a new one would',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The preview.', 'Preview'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/previews/{id}/remove': {
    post: {
      operationId: 'removePreview',
      tags,
      summary: 'Take a preview away, with its resources',
      parameters: [idParameter, idempotencyKeyParameter],
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
