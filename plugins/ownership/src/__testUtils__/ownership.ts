import type {
  Finding,
  OwnedEntity,
  OwnershipCoverage,
  TeamDetail,
} from '@slipway/plugin-ownership-common';

const NONE = { orphan: 0, stale: 0, 'single-point': 0, conflict: 0 };

export function anEntity(changed: Partial<OwnedEntity> = {}): OwnedEntity {
  return {
    entityRef: 'component:default/orders',
    kind: 'Component',
    name: 'orders',
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/payments',
    ownerTitle: 'Payments',
    source: 'entity',
    findings: [],
    ...changed,
  };
}

/** A finding about "coupons", which nobody owns. */
export function aFinding(changed: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-1',
    key: 'component:default/coupons orphan',
    kind: 'orphan',
    severity: 'high',
    state: 'open',
    entityRef: 'component:default/coupons',
    entityTitle: 'coupons',
    evidence: ['The team that owned it is gone.'],
    suggestion: {
      owner: 'group:default/growth',
      reason: 'Growth merged most of its changes.',
    },
    openedAt: '2026-11-20T08:00:00.000Z',
    ...changed,
  };
}

/** 97 of 100 entities owned, 90 the day before. */
export function aCoverage(
  changed: Partial<OwnershipCoverage> = {},
): OwnershipCoverage {
  const findings = { ...NONE, orphan: 3, conflict: 2 };
  return {
    entities: 100,
    owned: 97,
    findings,
    trend: [
      { day: '2026-11-25', entities: 100, owned: 90, findings },
      { day: '2026-11-26', entities: 100, owned: 97, findings },
    ],
    gaps: [
      { title: 'Nobody', entities: 3, findings: { ...NONE, orphan: 3 } },
      {
        team: 'group:default/growth',
        title: 'Growth',
        entities: 8,
        findings: { ...NONE, conflict: 2 },
      },
    ],
    ...changed,
  };
}

/** The payments team: Mara and Idris, who is on call. */
export function aTeam(changed: Partial<TeamDetail> = {}): TeamDetail {
  return {
    team: 'group:default/payments',
    title: 'Payments',
    description: 'Takes the money',
    people: [
      {
        person: 'user:default/mara',
        title: 'Mara Lindqvist',
        email: 'mara@example.com',
      },
      { person: 'user:default/idris', title: 'Idris Bello' },
    ],
    parents: [{ team: 'group:default/commerce', title: 'Commerce' }],
    children: [{ team: 'group:default/refunds', title: 'Refunds' }],
    counts: { Component: 2 },
    findingCounts: NONE,
    entities: { items: [anEntity()] },
    findings: { items: [] },
    onCall: [
      {
        rotation: 'payments-week',
        now: { person: 'user:default/idris', title: 'Idris Bello' },
        next: { person: 'user:default/mara', title: 'Mara Lindqvist' },
      },
    ],
    ...changed,
  };
}
