import { anyObject, time } from './schemaParts';

/** A resource, and what can be asked for. */
export const resourceSchemas = {
  ResourceState: {
    type: 'string',
    enum: [
      'provisioning',
      'ready',
      'changing',
      'failed',
      'destroying',
      'deleted',
      'destroyed',
    ],
  },
  ResourceOutput: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'description', 'secret'],
    properties: {
      name: { type: 'string' },
      description: { type: 'string' },
      secret: { type: 'boolean' },
      value: {
        type: 'string',
        description: 'Missing where it is secret: revealing it is on record.',
      },
    },
  },
  Drift: {
    type: 'object',
    description: 'What is there differs from what was asked for.',
    additionalProperties: false,
    required: ['since', 'missing', 'fields'],
    properties: {
      since: time,
      missing: {
        type: 'boolean',
        description: 'Whether the thing itself is gone.',
      },
      fields: {
        type: 'array',
        items: { $ref: '#/components/schemas/FieldChange' },
      },
    },
  },
  Resource: {
    type: 'object',
    description: 'One provisioned instance of a resource type.',
    additionalProperties: false,
    required: [
      'id',
      'name',
      'environment',
      'type',
      'class',
      'owner',
      'provider',
      'definition',
      'state',
      'parameters',
      'outputs',
      'connections',
      'runId',
      'createdBy',
      'createdAt',
      'entityRef',
    ],
    properties: {
      id: { type: 'string' },
      name: {
        type: 'string',
        description: 'Unique in its environment among those that exist.',
      },
      environment: { type: 'string' },
      type: { type: 'string' },
      class: { type: 'string' },
      owner: { type: 'string' },
      service: {
        type: 'string',
        description: 'The service whose score.yaml made it.',
      },
      provider: { type: 'string' },
      definition: { type: 'string' },
      state: { $ref: '#/components/schemas/ResourceState' },
      failure: { $ref: '#/components/schemas/Failure' },
      parameters: anyObject,
      outputs: {
        type: 'array',
        items: { $ref: '#/components/schemas/ResourceOutput' },
      },
      connections: {
        type: 'array',
        description: 'The services that use it.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['service', 'alias'],
          properties: {
            service: { type: 'string' },
            alias: {
              type: 'string',
              description: 'What its score.yaml calls it.',
            },
          },
        },
      },
      drift: { $ref: '#/components/schemas/Drift' },
      warning: {
        type: 'string',
        description:
          'What is wrong with it although it is what was asked for, and what to do.',
      },
      checkedAt: time,
      expiresAt: time,
      deletedAt: time,
      purgeAt: {
        type: 'string',
        description: 'Until when it can be restored; ISO 8601, UTC.',
      },
      rotatedAt: time,
      runId: {
        type: 'string',
        description: 'The newest run that acted on it.',
      },
      createdBy: { type: 'string' },
      createdAt: time,
      readyAt: time,
      entityRef: { type: 'string' },
    },
  },
  ResourcePage: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/Resource' },
      },
      nextCursor: { type: 'string' },
    },
  },
  RevealedResource: {
    type: 'object',
    additionalProperties: false,
    required: ['outputs'],
    properties: {
      outputs: {
        type: 'object',
        description: 'Every output, the secret ones too.',
        additionalProperties: { type: 'string' },
      },
    },
  },
  ResourceOffer: {
    type: 'object',
    description: 'A class of a resource type in an environment.',
    additionalProperties: false,
    required: [
      'environment',
      'class',
      'definition',
      'provider',
      'fixed',
      'defaults',
      'maximum',
    ],
    properties: {
      environment: { type: 'string' },
      class: { type: 'string' },
      definition: { type: 'string' },
      description: { type: 'string' },
      provider: { type: 'string' },
      fixed: anyObject,
      defaults: anyObject,
      maximum: anyObject,
      timeToLive: { $ref: '#/components/schemas/TimeToLive' },
    },
  },
  TimeToLive: {
    type: 'object',
    description: 'In milliseconds; missing: for ever.',
    additionalProperties: false,
    required: ['defaultMs', 'maximumMs'],
    properties: {
      defaultMs: { type: 'number' },
      maximumMs: { type: 'number' },
    },
  },
  ResourceType: {
    type: 'object',
    additionalProperties: false,
    required: [
      'type',
      'title',
      'description',
      'parameters',
      'outputs',
      'abilities',
      'offers',
    ],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      description: { type: 'string' },
      parameters: {
        type: 'object',
        description: 'JSON Schema of what can be asked for.',
        additionalProperties: true,
      },
      outputs: {
        type: 'array',
        items: { $ref: '#/components/schemas/ResourceOutput' },
      },
      abilities: {
        type: 'array',
        items: {
          type: 'string',
          enum: ['rotate', 'restore', 'accept-drift', 'adopt'],
        },
      },
      offers: {
        type: 'array',
        items: { $ref: '#/components/schemas/ResourceOffer' },
      },
    },
  },
  ResourceTypeList: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/ResourceType' },
      },
    },
  },
  Environment: {
    type: 'object',
    additionalProperties: false,
    required: [
      'name',
      'title',
      'autoDeploy',
      'protected',
      'rollout',
      'replicas',
      'sleep',
    ],
    properties: {
      name: { type: 'string' },
      title: { type: 'string' },
      autoDeploy: { type: 'boolean' },
      protected: { type: 'boolean' },
      rollout: {
        type: 'object',
        additionalProperties: false,
        description: 'How a new release takes over.',
        required: ['strategy', 'steps', 'bakeMs'],
        properties: {
          strategy: { type: 'string', enum: ['blue-green', 'canary'] },
          steps: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['percent', 'forMs'],
              properties: {
                percent: { type: 'integer' },
                forMs: { type: 'integer' },
              },
            },
          },
          bakeMs: { type: 'integer' },
        },
      },
      replicas: {
        type: 'object',
        additionalProperties: false,
        required: ['default', 'maximum'],
        properties: {
          default: { type: 'integer' },
          maximum: { type: 'integer' },
        },
      },
      sleep: {
        type: 'array',
        description: 'When what runs here is stopped by itself.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['fromMinute', 'untilMinute', 'timeZone'],
          properties: {
            fromMinute: {
              type: 'integer',
              description: 'Since Monday 00:00.',
            },
            untilMinute: { type: 'integer' },
            timeZone: { type: 'string' },
          },
        },
      },
      previews: {
        type: 'object',
        additionalProperties: false,
        description: 'Missing where it can not be cloned.',
        required: ['for', 'defaultMs', 'maximumMs', 'maximum'],
        properties: {
          for: { type: 'string', enum: ['merge-requests', 'branches'] },
          defaultMs: { type: 'integer' },
          maximumMs: { type: 'integer' },
          maximum: { type: 'integer' },
        },
      },
      base: {
        type: 'string',
        description: 'Of a preview: what it is cloned from.',
      },
    },
  },
  FreezeWindow: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'title', 'reason', 'environments', 'source', 'when'],
    properties: {
      name: { type: 'string' },
      title: { type: 'string' },
      reason: { type: 'string' },
      environments: { type: 'array', items: { type: 'string' } },
      source: { type: 'string', description: '`file:line` where it stands.' },
      when: {
        type: 'object',
        description:
          'From one time until another; or every week, in minutes since Monday 00:00 in a time zone.',
        additionalProperties: false,
        properties: {
          from: { type: 'string' },
          until: { type: 'string' },
          fromMinute: { type: 'integer' },
          untilMinute: { type: 'integer' },
          timeZone: { type: 'string' },
        },
      },
    },
  },
  ResourceDefinition: {
    type: 'object',
    additionalProperties: false,
    required: [
      'name',
      'source',
      'match',
      'provider',
      'parameters',
      'defaults',
      'maximum',
      'retentionMs',
    ],
    properties: {
      name: { type: 'string' },
      description: { type: 'string' },
      source: { type: 'string', description: '`file:line` where it stands.' },
      match: {
        type: 'object',
        additionalProperties: false,
        required: ['type'],
        properties: {
          type: { type: 'string' },
          class: { type: 'string' },
          environment: { type: 'string' },
          owner: { type: 'string' },
          service: { type: 'string' },
          id: { type: 'string' },
        },
      },
      provider: { type: 'string' },
      parameters: anyObject,
      defaults: anyObject,
      maximum: anyObject,
      timeToLive: { $ref: '#/components/schemas/TimeToLive' },
      retentionMs: {
        type: 'number',
        description: 'How long a destroyed resource can be restored.',
      },
    },
  },
  EnvironmentsView: {
    type: 'object',
    description: 'All environments and definitions as they count now.',
    additionalProperties: false,
    required: [
      'environments',
      'definitions',
      'freezes',
      'readAt',
      'problems',
      'pending',
    ],
    properties: {
      environments: {
        type: 'array',
        items: { $ref: '#/components/schemas/Environment' },
      },
      definitions: {
        type: 'array',
        items: { $ref: '#/components/schemas/ResourceDefinition' },
      },
      freezes: {
        type: 'array',
        items: { $ref: '#/components/schemas/FreezeWindow' },
      },
      readAt: time,
      problems: {
        type: 'array',
        description: 'What keeps newer files from counting.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['file', 'line', 'message'],
          properties: {
            file: { type: 'string' },
            line: { type: 'integer' },
            message: { type: 'string' },
          },
        },
      },
      pending: {
        type: 'array',
        description:
          'What the definitions would change in resources that exist, were their runs started.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['resourceId', 'name', 'environment', 'fields'],
          properties: {
            resourceId: { type: 'string' },
            name: { type: 'string' },
            environment: { type: 'string' },
            fields: {
              type: 'array',
              items: { $ref: '#/components/schemas/FieldChange' },
            },
          },
        },
      },
    },
  },
  Explanation: {
    type: 'object',
    additionalProperties: false,
    required: ['request', 'considered'],
    properties: {
      request: {
        type: 'object',
        additionalProperties: false,
        required: ['type', 'environment', 'class'],
        properties: {
          type: { type: 'string' },
          environment: { type: 'string' },
          class: { type: 'string' },
          id: { type: 'string' },
          service: { type: 'string' },
          owner: { type: 'string' },
        },
      },
      definition: { type: 'string', description: 'The one that wins.' },
      provider: { type: 'string' },
      parameters: anyObject,
      considered: {
        type: 'array',
        description: 'Every definition of the type, the winner first.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: [
            'definition',
            'source',
            'matches',
            'specificity',
            'reason',
          ],
          properties: {
            definition: { type: 'string' },
            source: { type: 'string' },
            matches: { type: 'boolean' },
            specificity: { type: 'integer' },
            reason: { type: 'string' },
          },
        },
      },
    },
  },
} as const;
