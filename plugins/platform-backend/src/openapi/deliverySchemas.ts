import {
  DEPLOYMENT_CAUSES,
  DEPLOYMENT_STATES,
} from '@slipway/plugin-platform-common';

const text = { type: 'string' } as const;
const list = <const TName extends string>(name: TName) =>
  ({
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: `#/components/schemas/${name}` },
      },
    },
  }) as const;

const trafficSummary = {
  type: 'object',
  additionalProperties: false,
  required: ['requests', 'errorRate'],
  properties: {
    requests: { type: 'integer' },
    errorRate: { type: 'number', description: 'From 0 to 1.' },
    p95Ms: { type: 'number' },
  },
} as const;

export const deliverySchemas = {
  CommitSummary: {
    type: 'object',
    additionalProperties: false,
    required: ['sha', 'title', 'authorName', 'authorEmail', 'authoredAt'],
    properties: {
      sha: text,
      title: text,
      authorName: text,
      authorEmail: text,
      authoredAt: text,
    },
  },
  Release: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'service',
      'number',
      'commit',
      'artifactDigest',
      'createdAt',
    ],
    properties: {
      id: text,
      service: text,
      number: {
        type: 'integer',
        description: 'Counts up by one in each service.',
      },
      commit: { $ref: '#/components/schemas/CommitSummary' },
      artifactDigest: {
        type: 'string',
        description: '`sha256:` and 64 hexadecimal digits.',
      },
      branch: {
        type: 'string',
        description:
          'What it was built from, where that is not the default branch: it goes to previews only.',
      },
      createdAt: text,
    },
  },
  ReleaseList: list('Release'),
  RolloutVerdict: {
    type: 'object',
    additionalProperties: false,
    description: 'What a comparison with the release before came to.',
    required: ['state', 'message', 'now'],
    properties: {
      state: { type: 'string', enum: ['good', 'sour', 'unknown'] },
      message: text,
      before: trafficSummary,
      now: trafficSummary,
    },
  },
  Deployment: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'runId',
      'service',
      'environment',
      'release',
      'state',
      'cause',
      'requestedBy',
      'createdAt',
    ],
    properties: {
      id: text,
      runId: text,
      service: text,
      environment: text,
      release: { $ref: '#/components/schemas/Release' },
      state: { type: 'string', enum: DEPLOYMENT_STATES },
      cause: { type: 'string', enum: DEPLOYMENT_CAUSES },
      reason: text,
      previous: {
        type: 'object',
        additionalProperties: false,
        required: ['deploymentId', 'release'],
        properties: { deploymentId: text, release: { type: 'integer' } },
      },
      rollout: {
        type: 'object',
        additionalProperties: false,
        required: ['stage', 'percent', 'since', 'until'],
        properties: {
          stage: { type: 'string', enum: ['canary', 'bake'] },
          percent: { type: 'integer' },
          since: text,
          until: text,
        },
      },
      verdict: { $ref: '#/components/schemas/RolloutVerdict' },
      configuration: {
        type: 'integer',
        description: 'The version of the configuration it was started with.',
      },
      url: text,
      failure: { $ref: '#/components/schemas/Failure' },
      requestedBy: text,
      createdAt: text,
      servedAt: text,
      endedAt: text,
    },
  },
  DeploymentList: list('Deployment'),
  DeploymentPage: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/Deployment' },
      },
      nextCursor: text,
    },
  },
  ReleaseHold: {
    type: 'object',
    additionalProperties: false,
    required: [
      'id',
      'service',
      'artifactDigest',
      'release',
      'reason',
      'placedBy',
      'placedAt',
    ],
    properties: {
      id: text,
      service: text,
      artifactDigest: text,
      release: { type: 'integer' },
      reason: text,
      verdict: { $ref: '#/components/schemas/RolloutVerdict' },
      placedBy: text,
      placedAt: text,
      lifted: {
        type: 'object',
        additionalProperties: false,
        required: ['by', 'at', 'reason'],
        properties: { by: text, at: text, reason: text },
      },
    },
  },
  ReleaseHoldList: list('ReleaseHold'),
  ReleaseDetail: {
    type: 'object',
    additionalProperties: false,
    required: ['release', 'deployments', 'configurations'],
    properties: {
      release: { $ref: '#/components/schemas/Release' },
      before: { type: 'integer' },
      after: { type: 'integer' },
      hold: { $ref: '#/components/schemas/ReleaseHold' },
      deployments: {
        type: 'array',
        items: { $ref: '#/components/schemas/Deployment' },
      },
      commits: { $ref: '#/components/schemas/PlannedCommits' },
      configurations: {
        type: 'array',
        description: 'What it was given where it serves, or served last.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['environment', 'version', 'changes'],
          properties: {
            environment: text,
            version: { type: 'integer' },
            before: {
              type: 'integer',
              description: 'That of the release which it took over from.',
            },
            changes: {
              type: 'array',
              description: 'The versions between the two, newest first.',
              items: { $ref: '#/components/schemas/ConfigurationVersion' },
            },
          },
        },
      },
    },
  },
} as const;
