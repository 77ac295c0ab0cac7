import { commonErrors } from './errors';
import { ownersParameter } from './parameters';

const groups = ['owner', 'environment', 'goldenPath', 'kind'] as const;

export const ledgerSchemas = {
  LedgerRow: {
    type: 'object',
    additionalProperties: false,
    required: ['runs', 'withoutPeople', 'total', 'median'],
    properties: {
      key: {
        type: 'string',
        description:
          'What the runs have in common; missing where they have none.',
      },
      runs: { type: 'integer' },
      withoutPeople: {
        type: 'integer',
        description: 'Runs that waited for no person.',
      },
      total: { $ref: '#/components/schemas/RunTimes' },
      median: { $ref: '#/components/schemas/RunTimes' },
    },
  },
  WaitLedger: {
    type: 'object',
    additionalProperties: false,
    required: ['days', 'all', 'groupedBy', 'groups'],
    properties: {
      days: { type: 'integer' },
      all: { $ref: '#/components/schemas/LedgerRow' },
      groupedBy: { type: 'string', enum: groups },
      groups: {
        type: 'array',
        items: { $ref: '#/components/schemas/LedgerRow' },
      },
    },
  },
} as const;

export const ledgerPaths = {
  '/wait-ledger': {
    get: {
      operationId: 'getWaitLedger',
      tags: ['wait ledger'],
      summary: 'Where the time of the runs that ended lately went',
      parameters: [
        {
          name: 'groupedBy',
          in: 'query',
          schema: { type: 'string', enum: groups, default: 'owner' },
        },
        {
          name: 'days',
          in: 'query',
          description: 'How many days back to look.',
          schema: { type: 'integer', minimum: 1, maximum: 366, default: 30 },
        },
        ownersParameter,
      ],
      responses: {
        '200': {
          description: 'The ledger.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/WaitLedger' },
            },
          },
        },
        ...commonErrors,
      },
    },
  },
} as const;
