import type { Entity } from '@backstage/catalog-model';
import { parseCodeowners } from '../codeowners';
import { createDirectory } from '../directory/__fixtures__/directory';
import { deriveOwnership, type OwnershipSources } from './deriveOwnership';

const PAYMENTS = 'group:default/payments';
const LOGISTICS = 'group:default/logistics';
const SYSTEM_REF = 'system:default/checkout';

function entity(
  kind: string,
  name: string,
  owner?: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec: { ...(owner !== undefined && { owner }) },
  };
}

function component(owner?: string, annotations?: Record<string, string>) {
  return entity('Component', 'payments-api', owner, annotations);
}

function system(owner?: string, annotations?: Record<string, string>) {
  return entity('System', 'checkout', owner, annotations);
}

function derive(sources: Partial<OwnershipSources>) {
  return deriveOwnership({
    entity: component(),
    directory: createDirectory(),
    ...sources,
  });
}

function owners(text: string) {
  return { codeowners: parseCodeowners(text, 'github') };
}

describe('deriveOwnership', () => {
  it('takes the entity, its system, CODEOWNERS and activity, in this order', () => {
    const activity = [
      { person: 'user:default/noor', changes: 2 },
      { person: 'user:default/idris', changes: 5 },
      { person: 'user:default/gone', changes: 1 },
    ];
    const all = {
      entity: component('payments'),
      system: system('payments'),
      activity,
      ...owners('* @acme/payments\n'),
    };
    expect(derive(all)).toEqual({
      entityRef: 'component:default/payments-api',
      owner: PAYMENTS,
      source: 'entity',
      roles: {},
      candidates: [
        {
          source: 'entity',
          owner: PAYMENTS,
          evidence: 'The entity names payments as its owner.',
        },
        {
          source: 'system',
          owner: PAYMENTS,
          evidence: `The system ${SYSTEM_REF} names payments as its owner.`,
        },
        {
          source: 'codeowners',
          owner: PAYMENTS,
          evidence: 'CODEOWNERS, line 1, gives * to @acme/payments.',
        },
        {
          source: 'activity',
          owner: PAYMENTS,
          evidence: `Members of ${PAYMENTS} made 5 of the 8 latest changes to the repository.`,
        },
      ],
      problems: [],
    });
    const unowned = { ...all, entity: component() };
    expect(derive(unowned)).toMatchObject({
      owner: PAYMENTS,
      source: 'system',
      inheritedFrom: SYSTEM_REF,
    });
    expect(derive({ ...unowned, system: undefined })).toMatchObject({
      source: 'codeowners',
    });
    expect(derive({ activity })).toMatchObject({
      owner: PAYMENTS,
      source: 'activity',
    });
    expect(derive({})).toMatchObject({ candidates: [], problems: [] });
  });

  it('takes who works there for no contradiction, and a CODEOWNERS that contradicts itself for one', () => {
    const activity = [{ person: 'user:default/idris', changes: 9 }];
    expect(derive({ entity: component('payments'), activity })).toMatchObject({
      owner: PAYMENTS,
      candidates: [{ source: 'entity' }, { source: 'activity' }],
      problems: [],
    });
    expect(
      derive({
        entity: component('payments'),
        ...owners(
          '*.md @acme/logistics\n*.md @acme/payments\n* @acme/payments\n',
        ),
      }).problems,
    ).toContainEqual({
      code: 'sources-disagree',
      source: 'codeowners',
      message: expect.stringMatching(
        /^CODEOWNERS, line 1: \*\.md has other owners on line 2/,
      ),
    });
  });

  it('skips owners that are not there, and says so', () => {
    expect(
      derive({
        entity: component('gone'),
        ...owners('* @acme/lost @acme/logistics\n'),
      }),
    ).toMatchObject({
      owner: LOGISTICS,
      source: 'codeowners',
      problems: [
        {
          code: 'owner-unknown',
          source: 'entity',
          message:
            'The entity names the owner gone, and there is none in the catalog. Name a group that is there.',
        },
        { code: 'owner-unknown', source: 'codeowners' },
      ],
    });
    expect(derive({ entity: component('a:b:c') }).problems).toMatchObject([
      { code: 'owner-unknown' },
    ]);
  });

  it('takes the one group of a person, and none where there are several', () => {
    expect(derive({ entity: component('user:idris') })).toMatchObject({
      owner: PAYMENTS,
      problems: [
        { code: 'owner-is-person', message: expect.stringContaining(PAYMENTS) },
      ],
    });
    const ambiguous = derive({
      entity: component('user:mara'),
      ...owners('* mara@example.com @noor @idris @logistics\n'),
    });
    expect(ambiguous).toMatchObject({
      owner: LOGISTICS,
      source: 'codeowners',
      problems: [
        {
          code: 'owner-ambiguous',
          source: 'entity',
          message:
            'The entity names the person user:mara as the owner, who is in several groups: group:default/payments, group:default/guild. Name a group.',
        },
        { code: 'owner-ambiguous', source: 'codeowners' },
        { code: 'owner-ambiguous', source: 'codeowners' },
        { code: 'owner-is-person', source: 'codeowners' },
      ],
    });
  });

  it('reports sources that disagree, but not with a system that is only inherited from', () => {
    const sources = {
      entity: component('payments'),
      system: system('logistics'),
    };
    expect(derive(sources).problems).toEqual([]);
    expect(
      derive({ ...sources, ...owners('* @acme/logistics\n') }).problems,
    ).toEqual([
      {
        code: 'sources-disagree',
        message:
          'The owner is group:default/payments by the entity, but group:default/logistics by CODEOWNERS. Make them say the same.',
      },
    ]);
    expect(
      derive({ system: system('payments'), ...owners('* @acme/logistics\n') })
        .problems,
    ).toMatchObject([{ code: 'sources-disagree' }]);
  });

  it('finds the owner of a folder, and none where two were as active', () => {
    const { codeowners } = owners('* @acme/payments\n/apps/ @acme/logistics\n');
    expect(derive({ codeowners, folder: 'apps/web' }).owner).toBe(LOGISTICS);
    const activity = ['mara', 'noor'].map(name => ({
      person: `user:default/${name}`,
      changes: 3,
    }));
    expect(derive({ activity })).toMatchObject({
      owner: 'group:default/guild',
    });
    expect(
      derive({
        activity: [
          { person: 'user:default/idris', changes: 3 },
          { person: 'user:default/noor', changes: 3 },
        ],
      }).owner,
    ).toBeUndefined();
  });

  it('knows roles, and from whom they are inherited', () => {
    const derived = derive({
      entity: component('payments', { 'slipway.dev/technical-lead': 'Mara' }),
      system: system('logistics', {
        'slipway.dev/technical-lead': 'user:noor',
        'slipway.dev/security-contact': 'security@example.com',
      }),
      directory: createDirectory({
        'slipway.dev/on-call': 'payments',
        'slipway.dev/security-contact': 'group:payments',
      }),
      rotations: new Set(['payments']),
    });
    expect(derived.roles).toEqual({
      technicalLead: { kind: 'person', value: 'user:default/mara' },
      securityContact: {
        kind: 'email',
        value: 'security@example.com',
        inheritedFrom: SYSTEM_REF,
      },
      onCall: { kind: 'rotation', value: 'payments', inheritedFrom: PAYMENTS },
    });
    expect(derived.problems).toEqual([]);
  });

  it('goes on to the next origin where a role leads nowhere', () => {
    const { roles, problems } = derive({
      entity: component('payments', {
        'slipway.dev/on-call': 'nights',
        'slipway.dev/technical-lead': 'group:payments',
        'slipway.dev/security-contact': 'payments',
      }),
      directory: createDirectory({ 'slipway.dev/on-call': 'user:idris' }),
    });
    expect(roles).toEqual({
      onCall: {
        kind: 'person',
        value: 'user:default/idris',
        inheritedFrom: PAYMENTS,
      },
      securityContact: { kind: 'group', value: PAYMENTS },
    });
    expect(problems.map(({ message }) => message)).toEqual([
      'The entity has slipway.dev/technical-lead: group:payments, and that is not there. Name a person (user:default/name).',
      'The entity has slipway.dev/on-call: nights, and that is not there. Name a rotation or a person (user:default/name).',
    ]);
  });
});
