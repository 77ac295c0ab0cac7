import type {
  EntityOwnership,
  Finding,
  OwnedEntity,
  OwnershipCoverage,
  TeamDetail,
  Transfer,
} from '@slipway/plugin-ownership-common';

const PAYMENTS = 'group:default/payments';
const NONE = {
  orphan: 0,
  stale: 0,
  'single-point': 0,
  conflict: 0,
  'vacant-role': 0,
  ingestion: 0,
};

/** An entity of the payments team. */
export function anEntity(entity: Partial<OwnedEntity> = {}): OwnedEntity {
  return {
    entityRef: 'component:default/orders',
    kind: 'Component',
    name: 'orders',
    type: 'service',
    owner: PAYMENTS,
    ownerTitle: 'Payments',
    source: 'entity',
    findings: [],
    ...entity,
  };
}

/** What is known of it. */
export function anOwnership(
  ownership: Partial<EntityOwnership> = {},
): EntityOwnership {
  return {
    ...anEntity(),
    roles: {},
    candidates: [
      {
        source: 'entity',
        owner: PAYMENTS,
        evidence: 'spec.owner is group:default/payments.',
      },
    ],
    problems: [],
    findings: [],
    links: [],
    changedAt: '2026-11-26T10:00:00.000Z',
    ...ownership,
  };
}

/** A service that nobody owns. */
export function aFinding(finding: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-1',
    key: 'component:default/coupons orphan',
    kind: 'orphan',
    severity: 'high',
    state: 'open',
    entityRef: 'component:default/coupons',
    entityTitle: 'coupons',
    evidence: ['Its owner group:default/gone is not in the catalog.'],
    openedAt: '2026-11-26T10:00:00.000Z',
    ...finding,
  };
}

/** One in a hundred is without an owner. */
export function aCoverage(
  coverage: Partial<OwnershipCoverage> = {},
): OwnershipCoverage {
  const findings = { ...NONE, orphan: 1 };
  return {
    entities: 100,
    owned: 99,
    findings,
    trend: [
      { day: '2026-11-25', entities: 100, owned: 90, findings },
      { day: '2026-11-26', entities: 100, owned: 99, findings },
    ],
    gaps: [{ title: 'Nobody', entities: 1, findings }],
    ...coverage,
  };
}

/** The team of Mara and Idris. */
export function aTeam(team: Partial<TeamDetail> = {}): TeamDetail {
  return {
    team: PAYMENTS,
    title: 'Payments',
    people: [
      { person: 'user:default/mara', title: 'Mara', email: 'mara@example.com' },
    ],
    parents: [{ team: 'group:default/company', title: 'Company' }],
    children: [],
    counts: { Component: 1 },
    findingCounts: NONE,
    entities: { items: [] },
    findings: { items: [] },
    onCall: [],
    ...team,
  };
}

/** Orders goes from payments to growth. */
export function aTransfer(transfer: Partial<Transfer> = {}): Transfer {
  return {
    id: 'transfer-1',
    state: 'offered',
    entities: [
      {
        entityRef: 'component:default/orders',
        title: 'orders',
        from: PAYMENTS,
      },
    ],
    to: 'group:default/growth',
    toTitle: 'Growth',
    reason: 'Growth works on it most.',
    offeredBy: 'user:default/mara',
    offeredAt: '2026-11-26T10:00:00.000Z',
    touched: [],
    ...transfer,
  };
}
