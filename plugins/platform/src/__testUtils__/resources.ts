import type {
  EnvironmentsView,
  Explanation,
  Resource,
  ResourceType,
} from '@slipway/plugin-platform-common';
import { dev, prod, secondsAgo, staging } from './platform';

const DAY_MS = 24 * 3_600_000;

/** The database of the service orders in dev, ready, as it was asked for. */
export function aResource(resource: Partial<Resource> = {}): Resource {
  return {
    id: 'resource-1',
    name: 'orders-db',
    environment: 'dev',
    type: 'postgres',
    class: 'small',
    owner: 'group:default/payments',
    provider: 'postgres',
    definition: 'postgres-small',
    state: 'ready',
    parameters: { connections: 10, extensions: [] },
    outputs: [
      {
        name: 'host',
        description: 'Where it answers',
        secret: false,
        value: '127.0.0.1',
      },
      { name: 'password', description: 'Of its role', secret: true },
    ],
    connections: [{ service: 'orders', alias: 'db' }],
    checkedAt: secondsAgo(300),
    rotatedAt: secondsAgo(7_200),
    runId: 'run-1',
    createdBy: 'user:default/mara',
    createdAt: secondsAgo(86_400 * 3),
    readyAt: secondsAgo(86_400 * 3 - 1),
    entityRef: 'resource:default/orders-db-dev',
    ...resource,
  };
}

/** PostgreSQL in dev, small and large. */
export function aResourceType(type: Partial<ResourceType> = {}): ResourceType {
  const offer = {
    environment: 'dev',
    provider: 'postgres',
    fixed: {},
    defaults: { connections: 10 },
    maximum: { connections: 20 },
    timeToLive: { defaultMs: 7 * DAY_MS, maximumMs: 30 * DAY_MS },
  };
  return {
    type: 'postgres',
    title: 'PostgreSQL database',
    description: 'A database on a shared server',
    parameters: {
      type: 'object',
      properties: {
        connections: {
          type: 'integer',
          title: 'Connections',
          minimum: 1,
          maximum: 100,
        },
        extensions: {
          type: 'array',
          title: 'Extensions',
          items: { type: 'string', enum: ['citext', 'pgcrypto'] },
        },
      },
    },
    outputs: [],
    abilities: ['rotate', 'restore', 'accept-drift'],
    offers: [
      { ...offer, class: 'small', definition: 'postgres-small' },
      {
        ...offer,
        class: 'large',
        definition: 'postgres-large',
        maximum: { connections: 100 },
      },
    ],
    ...type,
  };
}

/** Two definitions of PostgreSQL, nothing wrong with them, and nothing that they would change. */
export function anEnvironmentsView(
  view: Partial<EnvironmentsView> = {},
): EnvironmentsView {
  return {
    environments: [dev, staging, prod],
    freezes: [],
    definitions: [
      {
        name: 'postgres-small',
        description: 'A database on the shared server',
        source: 'dev.yaml:7',
        match: { type: 'postgres', class: 'small' },
        provider: 'postgres',
        parameters: { size: 'small' },
        defaults: { extensions: [] },
        maximum: { connections: 20 },
        timeToLive: { defaultMs: 7 * DAY_MS, maximumMs: 30 * DAY_MS },
        retentionMs: 7 * DAY_MS,
      },
      {
        name: 'postgres-prod',
        source: 'prod.yaml:12',
        match: { type: 'postgres', environment: 'prod' },
        provider: 'postgres',
        parameters: {},
        defaults: {},
        maximum: {},
        retentionMs: 0,
      },
    ],
    readAt: secondsAgo(120),
    problems: [],
    pending: [],
    ...view,
  };
}

/** Why a small PostgreSQL in dev is made by `postgres-small`. */
export function anExplanation(
  explanation: Partial<Explanation> = {},
): Explanation {
  return {
    request: { type: 'postgres', class: 'small', environment: 'dev' },
    definition: 'postgres-small',
    provider: 'postgres',
    parameters: { size: 'small' },
    considered: [
      {
        definition: 'postgres-small',
        source: 'dev.yaml:7',
        matches: true,
        specificity: 5,
        reason: 'It matches by type and class.',
      },
      {
        definition: 'postgres-prod',
        source: 'prod.yaml:12',
        matches: false,
        specificity: 3,
        reason: 'It is for the environment prod, and this is dev.',
      },
    ],
    ...explanation,
  };
}
