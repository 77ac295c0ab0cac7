import { commonErrors, conflict, notFound, unavailable } from './errors';
import {
  cursorParameter,
  idParameter,
  limitParameter,
  ownersParameter,
} from './parameters';

const tags = ['resources'] as const;

function answering<const TName extends string>(
  description: string,
  schema: TName,
) {
  return {
    '200': {
      description,
      content: {
        'application/json': {
          schema: { $ref: `#/components/schemas/${schema}` },
        },
      },
    },
  } as const;
}

const text = { type: 'string' } as const;

/** Everything under /resources, and what can be asked for. */
export const resourcePaths = {
  '/resources': {
    get: {
      operationId: 'listResources',
      tags,
      summary: 'List resources, newest first',
      description:
        'Those that were destroyed are left out where their state is not asked for.',
      parameters: [
        { name: 'environment', in: 'query', schema: text },
        { name: 'type', in: 'query', schema: text },
        ownersParameter,
        {
          name: 'service',
          in: 'query',
          description: 'Whose score.yaml made it, or that is connected to it.',
          schema: text,
        },
        {
          name: 'state',
          in: 'query',
          description: 'In any of these states.',
          schema: {
            type: 'array',
            items: { $ref: '#/components/schemas/ResourceState' },
          },
        },
        {
          name: 'drifted',
          in: 'query',
          description: 'Only those that differ from what was asked for.',
          schema: { type: 'boolean' },
        },
        {
          name: 'expiresBefore',
          in: 'query',
          description: 'ISO 8601.',
          allowReserved: true,
          schema: text,
        },
        {
          name: 'search',
          in: 'query',
          description: 'Part of the name.',
          schema: text,
        },
        cursorParameter,
        limitParameter,
      ],
      responses: { ...answering('One page.', 'ResourcePage'), ...commonErrors },
    },
  },
  '/resources/{id}': {
    get: {
      operationId: 'getResource',
      tags,
      summary: 'Show a resource',
      parameters: [idParameter],
      responses: {
        ...answering('The resource, without its secrets.', 'Resource'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/resources/{id}/reveal': {
    post: {
      operationId: 'revealResource',
      tags,
      summary: 'Show the secrets of a resource',
      description: 'For the owning team, and on record.',
      parameters: [idParameter],
      responses: {
        ...answering('Every output.', 'RevealedResource'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/resources/{id}/check': {
    post: {
      operationId: 'checkResource',
      tags,
      summary: 'Look now whether a resource is what was asked for',
      parameters: [idParameter],
      responses: {
        ...answering('The resource, with its drift.', 'Resource'),
        ...commonErrors,
        ...notFound,
        ...conflict,
        ...unavailable,
      },
    },
  },
  '/resource-types': {
    get: {
      operationId: 'listResourceTypes',
      tags,
      summary: 'List what can be asked for',
      responses: {
        ...answering('Every type with its offers.', 'ResourceTypeList'),
        ...commonErrors,
      },
    },
  },
  '/resource-definitions': {
    get: {
      operationId: 'getEnvironments',
      tags,
      summary: 'Show environments and definitions as they count now',
      responses: {
        ...answering('All of them.', 'EnvironmentsView'),
        ...commonErrors,
      },
    },
  },
  '/resource-definitions/explain': {
    get: {
      operationId: 'explainResource',
      tags,
      summary: 'Say which definition makes what is asked for, and why',
      parameters: [
        { name: 'type', in: 'query', required: true, schema: text },
        { name: 'environment', in: 'query', required: true, schema: text },
        {
          name: 'class',
          in: 'query',
          schema: { type: 'string', default: 'default' },
        },
        { name: 'id', in: 'query', schema: text },
        { name: 'service', in: 'query', schema: text },
        { name: 'owner', in: 'query', allowReserved: true, schema: text },
      ],
      responses: {
        ...answering('Every definition that was looked at.', 'Explanation'),
        ...commonErrors,
      },
    },
  },
} as const;
