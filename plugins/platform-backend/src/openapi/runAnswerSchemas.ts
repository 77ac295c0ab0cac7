import { anyObject, strings, time } from './schemaParts';

/** What lists, plans and streams of runs answer, and what starts one. */
export const runAnswerSchemas = {
  RunPage: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/Run' } },
      nextCursor: { type: 'string' },
    },
  },
  RunPlan: {
    type: 'object',
    additionalProperties: false,
    required: [
      'kind',
      'title',
      'target',
      'owner',
      'steps',
      'changes',
      'digest',
      'decision',
      'approvals',
    ],
    properties: {
      kind: { type: 'string' },
      title: { type: 'string' },
      target: { type: 'string' },
      owner: { type: 'string' },
      service: { type: 'string' },
      environment: { type: 'string' },
      steps: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'title', 'dependsOn', 'undoable'],
          properties: {
            id: { type: 'string' },
            title: { type: 'string' },
            dependsOn: strings,
            undoable: { type: 'boolean' },
          },
        },
      },
      changes: {
        type: 'array',
        items: { $ref: '#/components/schemas/PlannedChange' },
      },
      digest: {
        type: 'string',
        description: 'Differs where the changes do.',
      },
      decision: { $ref: '#/components/schemas/RunDecision' },
      approvals: {
        type: 'array',
        description: 'The approvals it would wait for.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['approvers', 'approversText', 'quorum', 'reason'],
          properties: {
            approvers: strings,
            approversText: { type: 'string' },
            quorum: { type: 'integer' },
            reason: { type: 'string' },
          },
        },
      },
      behind: {
        type: 'object',
        description: 'The run it would wait for.',
        additionalProperties: false,
        required: ['runId', 'title'],
        properties: { runId: { type: 'string' }, title: { type: 'string' } },
      },
    },
  },
  PlanRunRequest: {
    type: 'object',
    description: 'Other fields are refused.',
    required: ['kind', 'input'],
    properties: {
      kind: { type: 'string', description: 'Such as `deploy`.' },
      input: anyObject,
      goldenPath: {
        type: 'string',
        description: 'The entity reference of the template that asks.',
      },
    },
  },
  StartRunRequest: {
    type: 'object',
    description: 'Other fields are refused.',
    required: ['kind', 'input'],
    properties: {
      kind: { type: 'string', description: 'Such as `deploy`.' },
      input: anyObject,
      goldenPath: {
        type: 'string',
        description: 'The entity reference of the template that asks.',
      },
      hold: {
        type: 'boolean',
        description:
          'Store the run with its plan; `POST /runs/{id}/start` starts it.',
      },
      planDigest: {
        type: 'string',
        description:
          'The digest of the plan that was shown: where the plan is another by now, nothing is started.',
      },
    },
  },
  RunStreamEvent: {
    description: 'The data of each server-sent event, as JSON.',
    oneOf: [
      {
        type: 'object',
        additionalProperties: false,
        required: ['type', 'run'],
        properties: {
          type: { type: 'string', enum: ['run'] },
          run: { $ref: '#/components/schemas/Run' },
        },
      },
      {
        type: 'object',
        description: 'Of runs of the kind `pipeline`: as `/pipelines` has it.',
        additionalProperties: false,
        required: ['type', 'pipeline'],
        properties: {
          type: { type: 'string', enum: ['pipeline'] },
          pipeline: anyObject,
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['type', 'lines'],
        properties: {
          type: { type: 'string', enum: ['log'] },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['sequence', 'stepId', 'at', 'text'],
              properties: {
                sequence: {
                  type: 'integer',
                  description: 'Rises by one a line within a run.',
                },
                stepId: { type: 'string' },
                at: time,
                text: { type: 'string' },
              },
            },
          },
        },
      },
      {
        type: 'object',
        additionalProperties: false,
        required: ['type'],
        properties: { type: { type: 'string', enum: ['end'] } },
      },
    ],
  },
} as const;
