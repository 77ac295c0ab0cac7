import { anyObject, strings, time } from './schemaParts';

const states = [
  'planned',
  'waiting',
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelling',
  'cancelled',
  'undoing',
  'undone',
] as const;

const dataLoss = {
  type: 'string',
  description: 'Set where data would be lost: what would be lost.',
} as const;

/** What a run is made of. */
export const runSchemas = {
  RunState: { type: 'string', enum: states },
  RunTimes: {
    type: 'object',
    description:
      'How long it waited for people, in the queue and for machines, and how long it worked; milliseconds.',
    additionalProperties: false,
    required: ['people', 'queue', 'machines', 'work'],
    properties: {
      people: { type: 'number' },
      queue: { type: 'number' },
      machines: { type: 'number' },
      work: { type: 'number' },
    },
  },
  Failure: {
    type: 'object',
    additionalProperties: false,
    required: ['message'],
    properties: {
      message: { type: 'string' },
      hint: { type: 'string', description: 'What to do about it.' },
    },
  },
  PlannedChange: {
    type: 'object',
    additionalProperties: false,
    required: ['action', 'what'],
    properties: {
      action: {
        type: 'string',
        enum: ['create', 'change', 'replace', 'remove', 'keep'],
      },
      what: { type: 'string' },
      detail: { type: 'string' },
      fields: {
        type: 'array',
        description: 'What changes in it, field by field.',
        items: { $ref: '#/components/schemas/FieldChange' },
      },
      dataLoss,
      commits: { $ref: '#/components/schemas/PlannedCommits' },
    },
  },
  PlannedCommits: {
    type: 'object',
    description: 'Commits that a change brings, or takes back.',
    additionalProperties: false,
    required: ['direction', 'repository', 'items', 'total'],
    properties: {
      direction: { type: 'string', enum: ['forward', 'back'] },
      repository: { type: 'string' },
      items: {
        type: 'array',
        description: 'Newest first, at most 20.',
        items: { $ref: '#/components/schemas/CommitSummary' },
      },
      total: { type: 'integer' },
    },
  },
  FieldChange: {
    type: 'object',
    additionalProperties: false,
    required: ['field'],
    properties: {
      field: { type: 'string' },
      from: { description: 'Any JSON; missing where there is nothing yet.' },
      to: { description: 'Any JSON; missing where it would be taken away.' },
      dataLoss,
    },
  },
  RunStep: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'title', 'dependsOn', 'undoable', 'state', 'attempt'],
    properties: {
      id: { type: 'string' },
      title: { type: 'string' },
      dependsOn: strings,
      undoes: {
        type: 'string',
        description: 'The step that this one takes back.',
      },
      undoable: {
        type: 'boolean',
        description: 'Whether what it does can be taken back.',
      },
      state: {
        type: 'string',
        enum: [
          'pending',
          'queued',
          'running',
          'waiting',
          'succeeded',
          'failed',
          'cancelled',
          'skipped',
        ],
      },
      attempt: { type: 'integer' },
      startedAt: time,
      endedAt: time,
      output: anyObject,
      failure: { $ref: '#/components/schemas/Failure' },
    },
  },
  RunDecision: {
    type: 'object',
    description: 'The strictest effect of all rules, with every reason.',
    additionalProperties: false,
    required: ['stage', 'effect', 'reasons', 'at'],
    properties: {
      stage: { type: 'string', enum: ['plan', 'act'] },
      effect: { type: 'string', enum: ['allow', 'needs-approval', 'deny'] },
      reasons: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['decider', 'effect', 'message'],
          properties: {
            decider: { type: 'string' },
            effect: {
              type: 'string',
              enum: ['allow', 'needs-approval', 'deny'],
            },
            message: { type: 'string' },
          },
        },
      },
      at: time,
    },
  },
  Vote: {
    type: 'object',
    additionalProperties: false,
    required: ['person', 'verdict', 'at'],
    properties: {
      person: { type: 'string' },
      verdict: { type: 'string', enum: ['approved', 'rejected'] },
      comment: { type: 'string' },
      at: time,
    },
  },
  WaitState: {
    type: 'string',
    enum: ['open', 'resumed', 'rejected', 'expired', 'cancelled'],
  },
  RunWait: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'runId',
      'kind',
      'state',
      'waitsFor',
      'reason',
      'createdAt',
    ],
    properties: {
      id: { type: 'string' },
      runId: { type: 'string' },
      stepId: {
        type: 'string',
        description: 'Missing where the whole run waits, before it starts.',
      },
      kind: { type: 'string', enum: ['approval', 'event', 'time', 'callback'] },
      state: { $ref: '#/components/schemas/WaitState' },
      waitsFor: { type: 'string', enum: ['people', 'machines'] },
      reason: { type: 'string' },
      approval: {
        type: 'object',
        additionalProperties: false,
        required: ['approvers', 'approversText', 'quorum', 'votes'],
        properties: {
          approvers: strings,
          approversText: { type: 'string' },
          quorum: { type: 'integer' },
          votes: {
            type: 'array',
            items: { $ref: '#/components/schemas/Vote' },
          },
        },
      },
      createdAt: time,
      dueAt: time,
      endedAt: time,
      payload: anyObject,
    },
  },
  Run: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'kind',
      'kindVersion',
      'title',
      'target',
      'state',
      'phase',
      'priority',
      'requestedBy',
      'owner',
      'input',
      'changes',
      'steps',
      'waits',
      'times',
      'remains',
      'createdAt',
    ],
    properties: {
      id: { type: 'string' },
      kind: { type: 'string' },
      kindVersion: { type: 'integer' },
      title: { type: 'string' },
      target: {
        type: 'string',
        description:
          'What it acts on; at most one run acts on a target at a time.',
      },
      state: { $ref: '#/components/schemas/RunState' },
      phase: {
        type: 'string',
        description: 'Whether it does its steps or takes them back.',
        enum: ['do', 'undo'],
      },
      priority: { type: 'integer' },
      requestedBy: { type: 'string' },
      owner: { type: 'string' },
      service: { type: 'string' },
      environment: { type: 'string' },
      goldenPath: { type: 'string' },
      input: anyObject,
      output: anyObject,
      failure: { $ref: '#/components/schemas/Failure' },
      changes: {
        type: 'array',
        items: { $ref: '#/components/schemas/PlannedChange' },
      },
      decision: { $ref: '#/components/schemas/RunDecision' },
      steps: { type: 'array', items: { $ref: '#/components/schemas/RunStep' } },
      waits: {
        type: 'array',
        description: 'What it waits for now.',
        items: { $ref: '#/components/schemas/RunWait' },
      },
      activity: {
        type: 'object',
        description: 'What it is doing now; missing once it has ended.',
        additionalProperties: false,
        required: ['name', 'since'],
        properties: {
          name: {
            type: 'string',
            enum: ['people', 'queue', 'machines', 'work'],
          },
          since: time,
        },
      },
      times: { $ref: '#/components/schemas/RunTimes' },
      remains: {
        type: 'array',
        description: 'What it made and has not taken back.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['stepId', 'what', 'certain'],
          properties: {
            stepId: { type: 'string' },
            what: { type: 'string' },
            certain: { type: 'boolean' },
          },
        },
      },
      givenUp: {
        type: 'object',
        additionalProperties: false,
        required: ['by', 'at'],
        properties: { by: { type: 'string' }, at: time },
      },
      queue: {
        type: 'object',
        description: 'Where it stands while another run holds its target.',
        additionalProperties: false,
        required: ['place', 'behindRunId', 'behindTitle'],
        properties: {
          place: { type: 'integer' },
          behindRunId: { type: 'string' },
          behindTitle: { type: 'string' },
        },
      },
      createdAt: time,
      startedAt: time,
      endedAt: time,
    },
  },
} as const;
