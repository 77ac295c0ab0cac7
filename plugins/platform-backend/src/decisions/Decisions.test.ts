import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ApproverQuery,
  Decider,
  DecisionRequest,
  Verdict,
} from '@slipway/plugin-platform-node';
import { DEV_AND_PROD, environmentsOf } from '../__testUtils__/environments';
import { requireAllowed } from '../runs';
import { createDecisions } from './createDecisions';
import { ApproverResolver } from './ApproverResolver';
import { Decisions } from './Decisions';
import { Memberships } from './Memberships';
import type { OnDuty } from './OnDuty';
import { group, ORGANISATION, user } from './__fixtures__/organisation';

const PAYMENTS = 'group:default/payments';
const MARA = 'user:default/mara';
const IDRIS = 'user:default/idris';
const TOMAS = 'user:default/tomas';
const WEI = 'user:default/wei';

function setUp(
  options: {
    deciders?: Decider[];
    entities?: Entity[];
    config?: object;
  } = {},
) {
  const catalog = catalogServiceMock({
    entities: options.entities ?? ORGANISATION,
  });
  const logger = mockServices.logger.mock();
  const decisions = createDecisions({
    auth: mockServices.auth({ pluginId: 'platform' }),
    catalog,
    discovery: mockServices.discovery(),
    config: mockServices.rootConfig({ data: { ...options.config } }),
    logger,
    environments: environmentsOf(DEV_AND_PROD),
    deciders: options.deciders ?? [],
  });
  return { catalog, decisions, logger };
}

function asked(
  run: Partial<DecisionRequest['run']> = {},
  action: DecisionRequest['action'] = 'start',
): DecisionRequest {
  return {
    action,
    stage: 'plan',
    run: {
      kind: 'deploy',
      title: 'Deploy orders v3',
      target: 'deploy:orders:dev',
      owner: PAYMENTS,
      service: 'orders',
      environment: 'dev',
      requestedBy: MARA,
      input: {},
      changes: [],
      ...run,
    },
  };
}

function decider(id: string, verdict: Verdict | undefined): Decider {
  return { id, decide: async () => verdict };
}

describe('Decisions', () => {
  it('lets the owning team act, and nobody else', async () => {
    const { decisions } = setUp();
    expect(await decisions.decide(asked())).toEqual({
      approvals: [],
      decision: {
        stage: 'plan',
        effect: 'allow',
        at: expect.stringMatching(/^\d{4}-/),
        reasons: [
          {
            decider: 'ownership',
            effect: 'allow',
            message: 'mara belongs to payments, which owns this.',
          },
        ],
      },
    });
    for (const action of ['start', 'retry', 'undo'] as const) {
      const { decision } = await decisions.decide(
        asked({ requestedBy: TOMAS }, action),
      );
      expect(decision.effect).toBe('deny');
      expect(decision.reasons[0].message).toBe(
        `Only members of payments can ${action} this, and tomas is none. Ask one of them, or ask to join the team.`,
      );
    }
    for (const requestedBy of [
      'user:default/stranger',
      'plugin:scaffolder',
      'nonsense',
      '',
    ]) {
      const { decision } = await decisions.decide(asked({ requestedBy }));
      expect(decision.effect).toBe('deny');
    }
  });

  it('counts direct membership only, and people who own things themselves', async () => {
    const { decisions } = setUp();
    expect(
      (await decisions.decide(asked({ owner: 'group:default/company' })))
        .decision.effect,
    ).toBe('deny');
    expect(
      (await decisions.decide(asked({ owner: MARA }))).decision.effect,
    ).toBe('allow');
  });

  it('wants a second person of the owning team in a protected environment', async () => {
    const { decisions } = setUp();
    const { decision, approvals } = await decisions.decide(
      asked({ environment: 'prod' }),
    );
    expect(decision.effect).toBe('needs-approval');
    expect(decision.reasons.map(({ effect }) => effect)).toEqual([
      'allow',
      'needs-approval',
    ]);
    expect(approvals).toEqual([
      {
        decider: 'protected-environment',
        reason:
          'Production is protected: a second person of the owning team has to agree.',
        askedBy: MARA,
        terms: {
          approvers: [PAYMENTS],
          approversText: 'a second person of Payments',
          quorum: 1,
        },
        expiresInMs: 7 * 24 * 60 * 60_000,
      },
    ]);
  });

  it('goes on protecting an environment that is no longer in the files', async () => {
    const { decisions } = setUp();
    const { decision } = await decisions.decide(
      asked({ environment: 'staging' }),
    );
    expect(decision.effect).toBe('needs-approval');
    expect(decision.reasons[1].message).toBe(
      'There is no environment "staging" any more, so what is left in it counts as protected: a second person of the owning team has to agree.',
    );
  });

  it('denies what nobody but the one who asks could approve, and says what would help', async () => {
    const { decisions } = setUp();
    const { decision, approvals } = await decisions.decide(
      asked({
        environment: 'prod',
        owner: 'group:default/growth',
        requestedBy: TOMAS,
      }),
    );
    expect(approvals).toEqual([]);
    expect(decision.effect).toBe('deny');
    expect(decision.reasons[1].message).toBe(
      'Production is protected: a second person of the owning team has to agree. It takes a second person of Growth to approve this, and there is nobody besides tomas. Let the catalog name somebody who can, or let somebody else ask.',
    );
  });

  it('counts the strictest of all, and shows every reason', async () => {
    const wants = decider('wants', {
      effect: 'needs-approval',
      reason: 'It is Friday.',
      approvers: [{ role: 'platform-team' }],
      quorum: 1,
      expiresInMs: 60_000,
    });
    const { decisions } = setUp({
      deciders: [wants, decider('silent', undefined)],
    });
    const wanted = await decisions.decide(asked({ environment: 'prod' }));
    expect(wanted.decision.effect).toBe('needs-approval');
    expect(wanted.approvals.map(approval => approval.decider)).toEqual([
      'protected-environment',
      'wants',
    ]);
    expect(wanted.approvals[1]).toMatchObject({
      terms: { approversText: 'somebody of Platform' },
      expiresInMs: 60_000,
    });

    const denied = setUp({
      deciders: [
        wants,
        decider('denies', { effect: 'deny', reason: 'It is frozen.' }),
      ],
    });
    const { decision } = await denied.decisions.decide(asked());
    expect(decision.effect).toBe('deny');
    expect(decision.reasons.map(reason => reason.message)).toEqual([
      'mara belongs to payments, which owns this.',
      'It is Friday.',
      'It is frozen.',
    ]);
  });

  it('denies what could not be checked, and logs why', async () => {
    const { decisions, logger } = setUp({
      deciders: [
        {
          id: 'throws',
          decide: () => {
            throw new Error('out of order');
          },
        },
        {
          id: 'rejects',
          decide: async () => Promise.reject(new Error('no such table')),
        },
      ],
    });
    const ruling = await decisions.decide(asked());
    const { decision } = ruling;
    expect(decision.effect).toBe('deny');
    expect(() => requireAllowed(ruling)).toThrow(ServiceUnavailableError);
    expect(decision.reasons.map(({ message }) => message)).toEqual([
      'mara belongs to payments, which owns this.',
      "Whether throws allows this could not be checked, so it isn't done. Try again in a moment.",
      "Whether rejects allows this could not be checked, so it isn't done. Try again in a moment.",
    ]);
    expect(logger.warn.mock.calls.join('\n')).toContain('out of order');
    expect(logger.warn.mock.calls.join('\n')).toContain('no such table');
  });

  it('denies for good what one of them denies, whether the others could be asked or not', async () => {
    const { decisions } = setUp({
      deciders: [
        {
          id: 'throws',
          decide: () => {
            throw new Error('out of order');
          },
        },
        {
          id: 'forbids',
          decide: async () => ({ effect: 'deny', reason: 'It is Friday.' }),
        },
      ],
    });
    const ruling = await decisions.decide(asked());
    expect(() => requireAllowed(ruling)).toThrow(NotAllowedError);
  });

  it('denies when the catalog is out of order, and asks it again afterwards', async () => {
    const { decisions, catalog } = setUp();
    const working = catalog.getEntityByRef;
    catalog.getEntityByRef = async () => {
      throw new Error('catalog is down');
    };
    expect((await decisions.decide(asked())).decision.effect).toBe('deny');
    catalog.getEntityByRef = working;
    expect((await decisions.decide(asked())).decision.effect).toBe('allow');
  });

  it('waits for no decider for long', async () => {
    const logger = mockServices.logger.mock();
    const decisions = new Decisions({
      deciders: [{ id: 'slow', decide: () => new Promise(() => {}) }],
      approvers: resolver(),
      logger,
      patienceMs: 20,
    });
    const { decision } = await decisions.decide(asked());
    expect(decision).toMatchObject({
      effect: 'deny',
      reasons: [{ decider: 'slow', effect: 'deny' }],
    });
    expect(logger.warn.mock.calls.join('\n')).toContain(
      'no answer within 20 ms',
    );
  });

  it('denies where no rule has anything to say, and refuses two of one name', async () => {
    const options = {
      approvers: resolver(),
      logger: mockServices.logger.mock(),
    };
    const none = new Decisions({ ...options, deciders: [] });
    expect((await none.decide(asked())).decision.effect).toBe('deny');
    const one = decider('freeze', undefined);
    expect(() => new Decisions({ ...options, deciders: [one, one] })).toThrow(
      'Two deciders are called "freeze"',
    );
  });
});

function resolver(
  entities: Entity[] = ORGANISATION,
  platformTeam?: string,
  onDuty: OnDuty = { of: async () => [] },
) {
  const options = {
    auth: mockServices.auth({ pluginId: 'platform' }),
    catalog: catalogServiceMock({ entities }),
  };
  return new ApproverResolver({
    ...options,
    memberships: new Memberships(options),
    onDuty,
    platformTeam: platformTeam ?? 'group:default/platform',
  });
}

describe('who may approve', () => {
  const run = { owner: PAYMENTS, requestedBy: MARA };
  const table: Array<[string, ApproverQuery[], object, string[], string]> = [
    [
      'the owning team',
      [{ role: 'owning-team' }],
      {},
      [PAYMENTS],
      'a second person of Payments',
    ],
    [
      'the platform team',
      [{ role: 'platform-team' }],
      {},
      ['group:default/platform'],
      'somebody of Platform',
    ],
    [
      "the requester's manager",
      [{ role: 'requester-manager' }],
      { requestedBy: IDRIS },
      [MARA],
      'mara',
    ],
    ['who is on call', [{ role: 'on-call' }], {}, [IDRIS], 'idris'],
    ['a person', [{ entityRef: 'user:wei' }], {}, [WEI], 'wei'],
    [
      'a team',
      [{ entityRef: 'growth' }],
      {},
      ['group:default/growth'],
      'somebody of Growth',
    ],
    [
      'whom a filter finds',
      [
        {
          filter: {
            kind: 'user',
            'relations.memberOf': ['group:default/growth', PAYMENTS],
          },
        },
      ],
      {},
      [MARA, IDRIS, TOMAS],
      'mara, idris or tomas',
    ],
    [
      'any of several, each named once',
      [
        { role: 'owning-team' },
        { entityRef: PAYMENTS },
        { role: 'platform-team' },
      ],
      {},
      [PAYMENTS, 'group:default/platform'],
      'a second person of Payments or somebody of Platform',
    ],
    [
      'the others, where one query finds nobody',
      [{ role: 'requester-manager' }, { role: 'platform-team' }],
      {},
      ['group:default/platform'],
      'somebody of Platform',
    ],
  ];

  it.each(table)('is %s', async (_name, queries, more, approvers, text) => {
    expect(await resolver().resolve(queries, 1, { ...run, ...more })).toEqual({
      approvers,
      approversText: text,
      quorum: 1,
    });
  });

  it('says how many it takes', async () => {
    expect(
      await resolver().resolve(
        [{ role: 'owning-team' }, { role: 'platform-team' }],
        2,
        run,
      ),
    ).toMatchObject({
      approversText: '2 people among Payments and Platform',
      quorum: 2,
    });
  });

  it('takes the platform team from where the permission policy has it', async () => {
    const { decisions } = setUp({
      config: { platform: { teams: { platform: 'growth' } } },
    });
    expect(
      await decisions.resolveApprovers([{ role: 'platform-team' }], 1, run),
    ).toMatchObject({ approvers: ['group:default/growth'] });
  });

  it.each<[string, ApproverQuery[], number, object, string]>([
    [
      'one person',
      [{ role: 'owning-team' }],
      1,
      { owner: 'group:default/growth', requestedBy: TOMAS },
      'It takes a second person of Growth to approve this, and there is nobody besides tomas.',
    ],
    [
      'fewer than the quorum',
      [{ role: 'owning-team' }],
      2,
      {},
      'It takes 2 people among Payments to approve this, and there is only idris besides mara.',
    ],
    [
      'no manager',
      [{ role: 'requester-manager' }],
      1,
      {},
      'Nobody can approve this. user:default/mara has no annotation slipway.dev/manager.',
    ],
    [
      'a manager who has left',
      [{ role: 'requester-manager' }],
      1,
      { requestedBy: TOMAS },
      'Nobody can approve this. The catalog has no user:default/nobody.',
    ],
    [
      'a manager who is no entity',
      [{ role: 'requester-manager' }],
      1,
      { requestedBy: WEI },
      'names "user:", which is no entity reference',
    ],
    [
      'nobody on call',
      [{ role: 'on-call' }],
      1,
      { owner: 'group:default/growth' },
      'Nobody is on call for group:default/growth: group:default/growth has no annotation slipway.dev/on-call.',
    ],
    [
      'a team that is not there',
      [{ role: 'owning-team' }],
      1,
      { owner: 'group:default/dissolved' },
      'Nobody can approve this. The catalog has no group:default/dissolved.',
    ],
    [
      'a filter that finds nothing',
      [{ filter: { kind: 'user', 'metadata.name': 'ghost' } }],
      1,
      {},
      'finds no user and no team',
    ],
    ['no query', [], 1, {}, 'Nobody can approve this.'],
  ])('refuses %s', async (_name, queries, quorum, more, message) => {
    await expect(
      resolver().resolve(queries, quorum, { ...run, ...more }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a quorum that is none, and a filter that finds a crowd', async () => {
    for (const quorum of [0, -1, 1.5, Number.NaN]) {
      await expect(
        resolver().resolve([{ role: 'owning-team' }], quorum, run),
      ).rejects.toThrow('whole number from 1');
    }
    const crowd = Array.from({ length: 101 }, (_, index) =>
      user(`person-${index}`, ['crowd']),
    );
    await expect(
      resolver([group('crowd', 'Crowd'), ...crowd]).resolve(
        [{ filter: { kind: 'user' } }],
        1,
        run,
      ),
    ).rejects.toThrow('more than 100 approvers');
  });

  it('names some of many', async () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      user(`person-${index}`, []),
    );
    expect(
      await resolver(many).resolve([{ filter: { kind: 'user' } }], 1, run),
    ).toMatchObject({
      approversText: 'person-0, person-1, person-2, person-3 or 3 more',
    });
  });
});

describe('who is on call', () => {
  const resolve = (onDuty: OnDuty) =>
    resolver(ORGANISATION, undefined, onDuty).resolve(
      [{ role: 'on-call' }],
      1,
      { owner: 'group:default/growth', requestedBy: MARA },
    );

  it('is who the rotations of the team have now', async () => {
    const { approvers } = await resolve({
      of: async team => (team === 'group:default/growth' ? [WEI] : []),
    });
    expect(approvers).toEqual([WEI]);
  });

  it('is not guessed where nobody can be asked', async () => {
    const away = { of: () => Promise.reject(new Error('Away.')) };
    await expect(resolve(away)).rejects.toThrow('Nobody can approve this.');
  });
});

describe('Memberships', () => {
  it('asks the catalog once for many who ask at a time', async () => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => user('mara', ['payments']),
    });
    const memberships = new Memberships({
      catalog,
      auth: mockServices.auth({ pluginId: 'platform' }),
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => memberships.teamsOf(MARA)),
    );
    expect(new Set(answers.flat())).toEqual(new Set([PAYMENTS]));
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
  });

  it('asks again after five seconds', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => user('mara', ['payments']),
    });
    const memberships = new Memberships({
      catalog,
      auth: mockServices.auth({ pluginId: 'platform' }),
    });
    await memberships.teamsOf(MARA);
    clock.mockReturnValue(1_004_999);
    await memberships.teamsOf(MARA);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);
    clock.mockReturnValue(1_005_000);
    await memberships.teamsOf(MARA);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(2);
    clock.mockRestore();
  });
});
