import {
  commonErrors,
  conflict,
  notFound,
  tooLarge,
  unavailable,
} from './errors';
import {
  cursorParameter,
  idempotencyKeyParameter,
  idParameter,
  limitParameter,
  ownersParameter,
} from './parameters';

const runAnswer = {
  description: 'The run.',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Run' } },
  },
} as const;

const changeAnswers = {
  '200': runAnswer,
  ...commonErrors,
  ...notFound,
  ...conflict,
} as const;

const tags = ['runs'] as const;

/** Everything under /runs. */
export const runPaths = {
  '/runs': {
    get: {
      operationId: 'listRuns',
      tags,
      summary: 'List runs, newest first',
      parameters: [
        {
          name: 'state',
          in: 'query',
          description: 'In any of these states.',
          schema: {
            type: 'array',
            items: { $ref: '#/components/schemas/RunState' },
          },
        },
        {
          name: 'activity',
          in: 'query',
          description:
            'What it is doing now: waiting for people, in the queue, waiting for machines, or at work.',
          schema: {
            type: 'string',
            enum: ['people', 'queue', 'machines', 'work'],
          },
        },
        { name: 'kind', in: 'query', schema: { type: 'string' } },
        { name: 'service', in: 'query', schema: { type: 'string' } },
        { name: 'environment', in: 'query', schema: { type: 'string' } },
        {
          name: 'requestedBy',
          in: 'query',
          description: 'The entity reference of a person.',
          allowReserved: true,
          schema: { type: 'string' },
        },
        ownersParameter,
        {
          name: 'target',
          in: 'query',
          allowReserved: true,
          schema: { type: 'string' },
        },
        cursorParameter,
        limitParameter,
      ],
      responses: {
        '200': {
          description: 'One page.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/RunPage' },
            },
          },
        },
        ...commonErrors,
      },
    },
    post: {
      operationId: 'startRun',
      tags,
      summary: 'Start a run',
      description:
        'The rules are asked first. Where they want approval, the run is `waiting`; where its target is taken, it is `queued`.',
      parameters: [idempotencyKeyParameter],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/StartRunRequest' },
          },
        },
      },
      responses: {
        '201': {
          description: 'The run; the one that exists, where the key is known.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Run' },
            },
          },
        },
        ...commonErrors,
        ...notFound,
        ...conflict,
        ...tooLarge,
        ...unavailable,
      },
    },
  },
  '/runs/plan': {
    post: {
      operationId: 'planRun',
      tags,
      summary: 'Say what a run would do and what the rules say to it',
      description: 'Nothing is stored, and nothing is promised.',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/PlanRunRequest' },
          },
        },
      },
      responses: {
        '200': {
          description: 'The plan.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/RunPlan' },
            },
          },
        },
        ...commonErrors,
        ...notFound,
        ...conflict,
        ...tooLarge,
        ...unavailable,
      },
    },
  },
  '/runs/{id}': {
    get: {
      operationId: 'getRun',
      tags,
      summary: 'Show a run',
      parameters: [idParameter],
      responses: { '200': runAnswer, ...commonErrors, ...notFound },
    },
  },
  '/runs/{id}/stream': {
    get: {
      operationId: 'streamRun',
      tags,
      summary: 'Follow a run and its log',
      description:
        'Server-sent events: the run and its log as they are now, then each change, until the run has ended. The last event has the type `end`; a stream without it broke off, and asking again starts from the beginning.',
      parameters: [idParameter],
      responses: {
        '200': {
          description: 'The events.',
          content: {
            'text/event-stream': {
              schema: { $ref: '#/components/schemas/RunStreamEvent' },
            },
          },
        },
        ...commonErrors,
        ...notFound,
      },
    },
  },
  '/runs/{id}/start': {
    post: {
      operationId: 'startPlannedRun',
      tags,
      summary: 'Start a planned run',
      description: 'The rules are asked anew.',
      parameters: [idParameter],
      responses: { ...changeAnswers, ...unavailable },
    },
  },
  '/runs/{id}/cancel': {
    post: {
      operationId: 'cancelRun',
      tags,
      summary: 'Stop a run at the next safe point',
      description: 'For the owning team. What it did so far stands in the run.',
      parameters: [idParameter],
      responses: changeAnswers,
    },
  },
  '/runs/{id}/retry': {
    post: {
      operationId: 'retryRun',
      tags,
      summary: 'Go on from the step that failed',
      parameters: [idParameter],
      responses: changeAnswers,
    },
  },
  '/runs/{id}/undo': {
    post: {
      operationId: 'undoRun',
      tags,
      summary: 'Take back what a failed or cancelled run did',
      description: 'In reverse order.',
      parameters: [idParameter],
      responses: changeAnswers,
    },
  },
  '/runs/{id}/give-up': {
    post: {
      operationId: 'giveUpRun',
      tags,
      summary: 'End the matter of a failed or cancelled run',
      description: 'For the owning team. What remains of it stays listed.',
      parameters: [idParameter],
      responses: changeAnswers,
    },
  },
} as const;
