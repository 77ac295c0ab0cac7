import { commonErrors, conflict, notFound } from './errors';
import { cursorParameter, idParameter, limitParameter } from './parameters';
import { time } from './schemaParts';

export const approvalSchemas = {
  Approval: {
    type: 'object',
    description: 'With as much of its run as somebody needs to decide.',
    additionalProperties: false,
    required: [
      'id',
      'state',
      'reason',
      'approversText',
      'approvers',
      'quorum',
      'votes',
      'createdAt',
      'run',
      'mayDecide',
    ],
    properties: {
      id: { type: 'string' },
      state: { $ref: '#/components/schemas/WaitState' },
      reason: { type: 'string' },
      approversText: { type: 'string' },
      approvers: { type: 'array', items: { type: 'string' } },
      quorum: { type: 'integer' },
      votes: { type: 'array', items: { $ref: '#/components/schemas/Vote' } },
      createdAt: time,
      expiresAt: time,
      endedAt: time,
      run: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'kind', 'title', 'state', 'requestedBy', 'owner'],
        properties: {
          id: { type: 'string' },
          kind: { type: 'string' },
          title: { type: 'string' },
          state: { type: 'string' },
          requestedBy: { type: 'string' },
          owner: { type: 'string' },
          service: { type: 'string' },
          environment: { type: 'string' },
        },
      },
      mayDecide: { type: 'boolean' },
      mayNotDecideBecause: { type: 'string' },
    },
  },
  ApprovalPage: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/Approval' },
      },
      nextCursor: { type: 'string' },
    },
  },
  ApprovalComment: {
    type: 'object',
    description: 'Other fields are refused.',
    properties: { comment: { type: 'string', maxLength: 2000 } },
  },
} as const;

const approvalAnswer = {
  description: 'The approval.',
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Approval' } },
  },
} as const;

const tags = ['approvals'] as const;

const decision = {
  tags,
  parameters: [idParameter],
  requestBody: {
    required: false,
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/ApprovalComment' },
      },
    },
  },
  responses: {
    '200': approvalAnswer,
    ...commonErrors,
    ...notFound,
    ...conflict,
  },
} as const;

/** Everything under /approvals. */
export const approvalPaths = {
  '/approvals': {
    get: {
      operationId: 'listApprovals',
      tags,
      summary: 'List approvals, newest first',
      parameters: [
        {
          name: 'state',
          in: 'query',
          schema: { type: 'string', enum: ['open', 'ended'] },
        },
        {
          name: 'mine',
          in: 'query',
          description: 'Only those that you may decide.',
          schema: { type: 'boolean' },
        },
        cursorParameter,
        limitParameter,
      ],
      responses: {
        '200': {
          description: 'One page.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/ApprovalPage' },
            },
          },
        },
        ...commonErrors,
      },
    },
  },
  '/approvals/{id}': {
    get: {
      operationId: 'getApproval',
      tags,
      summary: 'Show an approval',
      parameters: [idParameter],
      responses: { '200': approvalAnswer, ...commonErrors, ...notFound },
    },
  },
  '/approvals/{id}/approve': {
    post: {
      operationId: 'approve',
      summary: 'Approve',
      description: 'For its approvers, and never for who asked for the run.',
      ...decision,
    },
  },
  '/approvals/{id}/reject': {
    post: {
      operationId: 'reject',
      summary: 'Reject; the run is cancelled, or its step fails',
      description: 'For its approvers, and never for who asked for the run.',
      ...decision,
    },
  },
} as const;
