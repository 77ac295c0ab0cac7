import { TRANSFER_STATES } from '@slipway/plugin-ownership-common';
import {
  count,
  listOf,
  object,
  pageOf,
  ref,
  reference,
  text,
  texts,
  time,
} from './parts';

const person = object(['person', 'title'], {
  person: reference,
  title: text,
  since: time,
  until: time,
});

const duty = {
  rotation: text,
  inheritedFrom: reference,
  now: person,
  next: person,
} as const;

const rotation = {
  ...duty,
  name: text,
  team: reference,
  teamTitle: text,
  timeZone: text,
  gap: object(['since'], { since: text, until: text }),
  file: text,
  line: { type: 'integer', minimum: 1 },
} as const;

const teamName = object(['team', 'title'], { team: reference, title: text });

const override = object(['person', 'from', 'until'], {
  person: reference,
  from: text,
  until: text,
  why: text,
});

/** Teams, who is on call in them, and what goes from one to another. */
export const teamSchemas = {
  OnCallDuty: {
    type: 'object',
    additionalProperties: false,
    properties: duty,
  },
  RotationSummary: object(
    ['name', 'team', 'teamTitle', 'timeZone', 'file', 'line'],
    rotation,
  ),
  RotationList: object(['items', 'problems'], {
    items: listOf(ref('RotationSummary')),
    problems: listOf(
      object(['file', 'line', 'message'], {
        file: text,
        line: { type: 'integer' },
        message: text,
      }),
    ),
  }),
  RotationDetail: object(
    [
      'name',
      'team',
      'teamTitle',
      'timeZone',
      'file',
      'line',
      'definition',
      'shifts',
      'people',
    ],
    {
      ...rotation,
      definition: object(['name', 'team', 'timeZone', 'layers', 'overrides'], {
        name: text,
        team: reference,
        timeZone: text,
        layers: listOf(
          object(
            ['name', 'people', 'turnDays', 'handOver', 'start', 'restrict'],
            {
              name: text,
              people: texts,
              turnDays: { type: 'integer', minimum: 1 },
              handOver: object(['time'], { day: text, time: text }),
              start: text,
              restrict: listOf(
                object(['days', 'from', 'until'], {
                  days: texts,
                  from: text,
                  until: text,
                }),
              ),
            },
          ),
        ),
        overrides: listOf(override),
      }),
      shifts: listOf(
        object(['kind'], {
          kind: { type: 'string', enum: ['layer', 'override', 'gap'] },
          person: reference,
          layer: text,
          override,
          since: time,
          until: time,
        }),
      ),
      people: { type: 'object', additionalProperties: text },
    },
  ),
  TeamSummary: object(['team', 'title', 'people', 'entities', 'findings'], {
    team: reference,
    title: text,
    description: text,
    type: text,
    parent: reference,
    people: count,
    entities: count,
    findings: count,
  }),
  TeamList: object(['items'], { items: listOf(ref('TeamSummary')) }),
  TeamDetail: object(
    [
      'team',
      'title',
      'people',
      'parents',
      'children',
      'counts',
      'findingCounts',
      'entities',
      'findings',
      'onCall',
    ],
    {
      team: reference,
      title: text,
      description: text,
      type: text,
      people: listOf(
        object(['person', 'title'], {
          person: reference,
          title: text,
          email: text,
        }),
      ),
      parents: listOf(teamName),
      children: listOf(teamName),
      counts: { type: 'object', additionalProperties: count },
      findingCounts: ref('FindingCounts'),
      entities: ref('OwnedEntityPage'),
      findings: ref('FindingPage'),
      onCall: listOf(ref('OnCallDuty')),
    },
  ),
  Transfer: object(
    [
      'id',
      'state',
      'entities',
      'to',
      'toTitle',
      'reason',
      'offeredBy',
      'offeredAt',
      'touched',
    ],
    {
      id: text,
      state: { type: 'string', enum: TRANSFER_STATES },
      entities: listOf(
        object(['entityRef', 'title'], {
          entityRef: reference,
          title: text,
          from: reference,
        }),
      ),
      to: reference,
      toTitle: text,
      reason: text,
      offeredBy: reference,
      offeredAt: time,
      decidedBy: reference,
      decidedAt: time,
      decisionReason: text,
      runId: text,
      problem: text,
      movedAt: time,
      undoUntil: time,
      touched: texts,
    },
  ),
  TransferPage: pageOf('Transfer'),
} as const;
