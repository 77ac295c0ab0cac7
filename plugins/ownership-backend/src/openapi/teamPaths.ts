import { TRANSFER_STATES } from '@slipway/plugin-ownership-common';
import {
  answering,
  body,
  commonErrors,
  conflict,
  notFound,
  unavailable,
} from '@slipway/plugin-platform-node';
import {
  idParameter,
  paging,
  query,
  reason,
  refParameter,
  text,
} from './parts';

const transferErrors = { ...commonErrors, ...notFound, ...conflict } as const;

/** Teams, rotations and transfers. */
export const teamPaths = {
  '/teams': {
    get: {
      operationId: 'listTeams',
      tags: ['teams'],
      summary: 'List teams, by name',
      parameters: [query('q', text, 'Beginnings of words of its name.')],
      responses: {
        ...answering('200', 'All of them.', 'TeamList'),
        ...commonErrors,
      },
    },
  },
  '/teams/{ref}': {
    get: {
      operationId: 'getTeam',
      tags: ['teams'],
      summary: 'Its people, what it owns, who is on call',
      parameters: [refParameter],
      responses: {
        ...answering('200', 'Everything about it.', 'TeamDetail'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/on-call': {
    get: {
      operationId: 'listRotations',
      tags: ['on-call'],
      summary: 'List rotations, and what is wrong with their files',
      parameters: [query('team', text)],
      responses: {
        ...answering('200', 'All of them.', 'RotationList'),
        ...commonErrors,
      },
    },
  },
  '/on-call/{name}': {
    get: {
      operationId: 'getRotation',
      tags: ['on-call'],
      summary: 'Who is on call, and the plan of four weeks',
      parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
      responses: {
        ...answering('200', 'The rotation.', 'RotationDetail'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/on-call/{name}/swaps': {
    post: {
      operationId: 'swapShift',
      tags: ['on-call'],
      summary: 'Let a colleague take over a shift',
      description:
        'Adds an override to the file of the rotation. For members of its team; of the shift that is now, what is left of it.',
      parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
      requestBody: body(['since', 'to'], {
        since: { type: 'string', description: 'When the shift begins.' },
        to: { type: 'string', description: 'Who takes over.' },
        why: { type: 'string', maxLength: 500 },
      }),
      responses: {
        ...answering('200', 'The rotation with the swap.', 'RotationDetail'),
        ...transferErrors,
      },
    },
  },
  '/transfers': {
    get: {
      operationId: 'listTransfers',
      tags: ['transfers'],
      summary: 'List transfers, the newest first',
      parameters: [
        query('team', text, 'From it or to it.'),
        query('entityRef', text),
        query('state', {
          type: 'array',
          items: { type: 'string', enum: TRANSFER_STATES },
        }),
        ...paging,
      ],
      responses: {
        ...answering('200', 'A page.', 'TransferPage'),
        ...commonErrors,
      },
    },
    post: {
      operationId: 'offerTransfer',
      tags: ['transfers'],
      summary: 'Offer entities, or everything that a team owns, to a team',
      requestBody: body(['to', 'reason'], {
        entityRefs: {
          type: 'array',
          items: text,
          minItems: 1,
          maxItems: 1_000,
        },
        owner: text,
        to: text,
        reason,
      }),
      responses: {
        ...answering('201', 'The transfer.', 'Transfer'),
        ...commonErrors,
        ...conflict,
      },
    },
  },
  '/transfers/{id}': {
    get: {
      operationId: 'getTransfer',
      tags: ['transfers'],
      summary: 'How far a transfer is',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The transfer.', 'Transfer'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/transfers/{id}/accept': {
    post: {
      operationId: 'acceptTransfer',
      tags: ['transfers'],
      summary: 'Take what is offered; it is moved then',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The transfer.', 'Transfer'),
        ...transferErrors,
      },
    },
  },
  '/transfers/{id}/decline': {
    post: {
      operationId: 'declineTransfer',
      tags: ['transfers'],
      summary: 'Refuse what is offered',
      parameters: [idParameter],
      requestBody: body(['reason'], { reason }),
      responses: {
        ...answering('200', 'The transfer.', 'Transfer'),
        ...transferErrors,
      },
    },
  },
  '/transfers/{id}/withdraw': {
    post: {
      operationId: 'withdrawTransfer',
      tags: ['transfers'],
      summary: 'Take an offer back, as long as nothing moves',
      parameters: [idParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              properties: { reason },
            },
          },
        },
      },
      responses: {
        ...answering('200', 'The transfer.', 'Transfer'),
        ...transferErrors,
      },
    },
  },
  '/transfers/{id}/undo': {
    post: {
      operationId: 'undoTransfer',
      tags: ['transfers'],
      summary: 'Move everything back, within a week',
      parameters: [idParameter],
      responses: {
        ...answering('200', 'The transfer.', 'Transfer'),
        ...transferErrors,
        ...unavailable,
      },
    },
  },
} as const;
