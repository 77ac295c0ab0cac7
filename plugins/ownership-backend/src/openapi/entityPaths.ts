import {
  answering,
  body,
  commonErrors,
  conflict,
  notFound,
} from '@slipway/plugin-platform-node';
import {
  findingKind,
  idParameter,
  paging,
  query,
  reason,
  refParameter,
  text,
} from './parts';

/** Entities, what they depend on, how much is owned, and findings. */
export const entityPaths = {
  '/entities': {
    get: {
      operationId: 'listEntities',
      tags: ['entities'],
      summary: 'List what is owned, by name',
      parameters: [
        query('q', text, 'Beginnings of words of its name, title or owner.'),
        query('owner', text, 'A group, or `none`.'),
        query('kind', text),
        query('finding', findingKind, 'With a finding that is not closed.'),
        ...paging,
      ],
      responses: {
        ...answering('200', 'A page.', 'OwnedEntityPage'),
        ...commonErrors,
      },
    },
  },
  '/entities/{ref}': {
    get: {
      operationId: 'getEntity',
      tags: ['entities'],
      summary: 'Who owns it, from where that is known, and who is on call',
      description: 'Also of what is gone.',
      parameters: [refParameter],
      responses: {
        ...answering('200', 'Everything about it.', 'EntityOwnership'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/entities/{ref}/history': {
    get: {
      operationId: 'getHistory',
      tags: ['entities'],
      summary: 'Who changed what, the newest first',
      parameters: [refParameter, ...paging],
      responses: {
        ...answering('200', 'A page.', 'HistoryPage'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/entities/{ref}/blast-radius': {
    get: {
      operationId: 'getBlastRadius',
      tags: ['entities'],
      summary: 'What needs it, how far away, and who answers for that',
      parameters: [refParameter],
      responses: {
        ...answering('200', 'By distance.', 'BlastRadius'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/entities/{ref}/dependencies': {
    get: {
      operationId: 'getDependencies',
      tags: ['entities'],
      summary: 'What it needs, and what needs it',
      parameters: [
        refParameter,
        query('depth', { type: 'integer', minimum: 1, maximum: 5, default: 1 }),
      ],
      responses: {
        ...answering('200', 'A graph.', 'DependencyGraph'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/coverage': {
    get: {
      operationId: 'getCoverage',
      tags: ['entities'],
      summary: 'How much is owned, now and over 90 days',
      responses: {
        ...answering('200', 'Counts.', 'OwnershipCoverage'),
        ...commonErrors,
      },
    },
  },
  '/findings': {
    get: {
      operationId: 'listFindings',
      tags: ['findings'],
      summary: 'List what is wrong, the gravest first',
      parameters: [
        query('kind', findingKind),
        query('owner', text, 'A group, or `none`.'),
        query(
          'state',
          { type: 'string', enum: ['open', 'snoozed', 'closed'] },
          'Left out: open.',
        ),
        query('assignee', text),
        ...paging,
      ],
      responses: {
        ...answering('200', 'A page.', 'FindingPage'),
        ...commonErrors,
      },
    },
  },
  '/findings/{id}/assign': {
    post: {
      operationId: 'assignFinding',
      tags: ['findings'],
      summary: 'Say who looks after it',
      parameters: [idParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              properties: {
                assignee: {
                  type: 'string',
                  description: 'A user; left out, nobody any more.',
                },
              },
            },
          },
        },
      },
      responses: {
        ...answering('200', 'The finding.', 'Finding'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/findings/{id}/snooze': {
    post: {
      operationId: 'snoozeFinding',
      tags: ['findings'],
      summary: 'Let it wait until a day, with a reason',
      parameters: [idParameter],
      requestBody: body(['until', 'reason'], { until: text, reason }),
      responses: {
        ...answering('200', 'The finding.', 'Finding'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
  '/findings/{id}/wake': {
    post: {
      operationId: 'wakeFinding',
      tags: ['findings'],
      summary: 'End its snooze',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The finding.', 'Finding'),
        ...commonErrors,
        ...notFound,
        ...conflict,
      },
    },
  },
} as const;
