import { FINDING_KINDS } from '@slipway/plugin-ownership-common';
import {
  count,
  findingKind,
  listOf,
  object,
  origin,
  pageOf,
  ref,
  reference,
  text,
  texts,
  time,
} from './parts';

const shown = {
  entityRef: reference,
  kind: text,
  name: text,
  title: text,
  description: text,
  type: text,
  lifecycle: text,
  system: reference,
  owner: reference,
  ownerTitle: text,
  source: {
    type: 'string',
    enum: ['entity', 'system', 'codeowners', 'activity'],
  },
  inheritedFrom: reference,
  goneAt: time,
} as const;

const roleHolder = object(['kind', 'value'], {
  kind: { type: 'string', enum: ['person', 'group', 'rotation', 'email'] },
  value: text,
  inheritedFrom: reference,
});

const counts = object(
  FINDING_KINDS,
  Object.fromEntries(FINDING_KINDS.map(kind => [kind, count])),
);

/** Entities, what they depend on, and how much is owned. */
export const entitySchemas = {
  OwnedEntity: object(['entityRef', 'kind', 'name', 'findings'], {
    ...shown,
    findings: listOf(findingKind),
  }),
  OwnedEntityPage: pageOf('OwnedEntity'),
  EntityOwnership: object(
    [
      'entityRef',
      'kind',
      'name',
      'roles',
      'candidates',
      'problems',
      'findings',
      'links',
      'changedAt',
    ],
    {
      ...shown,
      roles: {
        type: 'object',
        additionalProperties: false,
        properties: {
          technicalLead: roleHolder,
          onCall: roleHolder,
          securityContact: roleHolder,
        },
      },
      candidates: listOf(
        object(['source', 'owner', 'evidence'], {
          source: shown.source,
          owner: reference,
          evidence: text,
        }),
      ),
      problems: listOf(
        object(['code', 'message'], {
          code: {
            type: 'string',
            enum: [
              'owner-unknown',
              'owner-is-person',
              'owner-ambiguous',
              'sources-disagree',
              'role-unknown',
              'ingestion',
            ],
          },
          source: shown.source,
          inheritedFrom: reference,
          message: text,
        }),
      ),
      onCall: ref('OnCallDuty'),
      findings: listOf(ref('Finding')),
      links: listOf(object(['title'], { title: text, url: text })),
      transferId: text,
      changedAt: time,
    },
  ),
  HistoryEntry: object(['id', 'at', 'actor', 'action', 'changes'], {
    id: text,
    at: time,
    actor: text,
    action: {
      type: 'string',
      enum: ['appeared', 'changed', 'gone', 'returned'],
    },
    changes: listOf(
      object(['field'], { field: text, before: text, after: text }),
    ),
  }),
  HistoryPage: pageOf('HistoryEntry'),
  DependencyNode: object(['entityRef', 'title'], {
    entityRef: reference,
    kind: text,
    title: text,
    owner: reference,
    ownerTitle: text,
  }),
  DependencyGraph: object(['entityRef', 'nodes', 'edges', 'truncated'], {
    entityRef: reference,
    nodes: listOf(ref('DependencyNode')),
    edges: listOf(
      object(['from', 'to', 'origins'], {
        from: reference,
        to: reference,
        origins: listOf(origin),
      }),
    ),
    truncated: { type: 'boolean' },
  }),
  BlastRadius: object(['entityRef', 'layers', 'teams', 'total', 'truncated'], {
    entityRef: reference,
    layers: listOf(
      object(['distance', 'entities'], {
        distance: count,
        entities: listOf(ref('DependencyNode')),
      }),
    ),
    teams: listOf(
      object(['team', 'title', 'entities', 'distance', 'onCall'], {
        team: reference,
        title: text,
        entities: count,
        distance: count,
        onCall: listOf(ref('OnCallDuty')),
      }),
    ),
    total: count,
    truncated: { type: 'boolean' },
  }),
  FindingCounts: counts,
  OwnershipCoverage: object(
    ['entities', 'owned', 'findings', 'trend', 'gaps'],
    {
      entities: count,
      owned: count,
      findings: ref('FindingCounts'),
      trend: listOf(
        object(['day', 'entities', 'owned', 'findings'], {
          day: text,
          entities: count,
          owned: count,
          findings: ref('FindingCounts'),
        }),
      ),
      gaps: listOf(
        object(['title', 'entities', 'findings'], {
          team: reference,
          title: text,
          entities: count,
          findings: ref('FindingCounts'),
        }),
      ),
    },
  ),
  Finding: object(
    [
      'id',
      'key',
      'kind',
      'severity',
      'entityRef',
      'entityTitle',
      'evidence',
      'state',
      'openedAt',
    ],
    {
      id: text,
      key: text,
      kind: findingKind,
      severity: { type: 'string', enum: ['high', 'medium', 'low'] },
      entityRef: reference,
      entityTitle: text,
      owner: reference,
      evidence: texts,
      suggestion: object(['owner', 'reason'], {
        owner: reference,
        reason: text,
      }),
      state: { type: 'string', enum: ['open', 'snoozed', 'closed'] },
      assignee: reference,
      snoozedUntil: time,
      snoozeReason: text,
      snoozedBy: reference,
      openedAt: time,
      closedAt: time,
      closedBecause: text,
    },
  ),
  FindingPage: pageOf('Finding'),
} as const;
