import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { PlatformSignal } from '@slipway/plugin-platform-common';
import { allowAll, noSecrets, platformDatabase } from '../__testUtils__/engine';
import { gate, kindOf, request, useEngines } from '../__testUtils__/runs';
import { until } from '../__testUtils__/until';
import type { Rules, RunSecrets } from '../runs';
import { ApprovalService, ApprovalStore } from '../approvals';
import { ApprovalAnnouncer } from './ApprovalAnnouncer';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const PAYMENTS = 'group:default/payments';
const MARA = 'user:default/mara';
const IDRIS = {
  userRef: 'user:default/idris',
  ownershipRefs: ['user:default/idris', PAYMENTS],
};

const KIND = kindOf(
  [{ id: 'deploy', title: 'Deploy', execute: async () => ({}) }],
  { title: () => 'Deploy orders v3 to prod' },
);

function wanting(expiresInMs = 60_000): Rules {
  return {
    ...allowAll,
    decide: async asked => ({
      decision: {
        stage: asked.stage,
        effect: 'needs-approval',
        reasons: [],
        at: '2026-01-01T00:00:00.000Z',
      },
      approvals: [
        {
          decider: 'test',
          reason: 'Production is protected.',
          askedBy: asked.run.requestedBy,
          terms: {
            approvers: [PAYMENTS],
            approversText: 'a second person of Payments',
            quorum: 1,
          },
          expiresInMs,
        },
      ],
    }),
  };
}

describe('the announcement of approvals', () => {
  const engines = useEngines(() => platformDatabase(databases));

  /** One backend's announcer, and what it sent. */
  function announcer(
    send: (news: NotificationSendOptions) => Promise<void> = async () => {},
    secrets: RunSecrets = noSecrets,
  ) {
    const sent: NotificationSendOptions[] = [];
    const signals: PlatformSignal[] = [];
    const logger = mockServices.logger.mock();
    const announcing = new ApprovalAnnouncer({
      knex: engines.database(),
      notifications: {
        send: async news => {
          await send(news);
          sent.push(news);
        },
      },
      events: { publish: signal => signals.push(signal) },
      secrets,
      logger,
    });
    return {
      announce: () => announcing.announce(),
      sent,
      signals,
      logger,
    };
  }

  async function setUp(expiresInMs?: number) {
    const backend = await engines.startWith(
      { rules: wanting(expiresInMs) },
      KIND,
    );
    const approvals = new ApprovalService({
      store: new ApprovalStore(engines.database()),
      waits: backend.waits,
      events: { publish: () => {}, touched: () => {} },
      secrets: noSecrets,
    });
    const ask = async (target = 'orders') => {
      const run = await backend.runs.start(request(target));
      return { runId: run.id, id: run.waits[0].id };
    };
    return { runs: backend.runs, approvals, ask };
  }

  it('asks the approvers, without the one who asks, and tells that one how it ended', async () => {
    const { ask, approvals } = await setUp();
    const { announce, sent, signals } = announcer();
    const { id, runId } = await ask();
    await announce();
    expect(sent).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: [PAYMENTS],
          excludeEntityRef: MARA,
        },
        payload: {
          title: 'mara asks for your approval: Deploy orders v3 to prod',
          description: 'Production is protected.',
          link: `/approvals/${id}`,
          severity: 'high',
          topic: 'approvals',
          scope: `approval:${id}`,
        },
      },
    ]);
    expect(signals).toEqual([
      { type: 'approval', approvalId: id, runId, state: 'open' },
    ]);
    await announce();
    expect(sent).toHaveLength(1);

    await approvals.approve(id, IDRIS, 'Looks right.');
    await announce();
    await announce();
    expect(sent.slice(1)).toEqual([
      {
        recipients: { type: 'entity', entityRef: MARA },
        payload: {
          title: 'Deploy orders v3 to prod was approved by idris',
          description: 'idris: Looks right.',
          link: `/runs/${runId}`,
          severity: 'normal',
          topic: 'approvals',
          scope: `run:${runId}`,
        },
      },
    ]);
    expect(signals.at(-1)).toMatchObject({ state: 'resumed' });
  });

  it('tells of rejections and expiry, and nobody of what was withdrawn', async () => {
    const { ask, approvals, runs } = await setUp();
    const { announce, sent } = announcer();
    await approvals.reject((await ask()).id, IDRIS, 'Not today.');
    await announce();
    // It was decided before anybody was asked for it.
    expect(sent.map(({ payload }) => payload)).toMatchObject([
      {
        title: 'Deploy orders v3 to prod was rejected by idris',
        description: 'idris: Not today.',
        severity: 'high',
      },
    ]);

    await runs.cancel((await ask('elsewhere')).runId);
    await announce();
    expect(sent).toHaveLength(1);

    const short = await engines.startWith({ rules: wanting(1) }, KIND);
    const { id: runId } = await short.runs.start(request('third'));
    await until(async () => (await runs.get(runId)).state === 'cancelled');
    await announce();
    expect(sent[1].payload).toMatchObject({
      title: 'Nobody decided in time: Deploy orders v3 to prod',
      link: `/runs/${runId}`,
    });
  });

  it('tells each approval once, however many backends announce, and a pile of them', async () => {
    const { ask } = await setUp();
    const count = 120;
    for (let index = 0; index < count; index += 1) {
      await ask(`orders:${index}`);
    }
    const backends = [announcer(), announcer(), announcer()];
    const scopes = () =>
      backends.flatMap(({ sent }) => sent).map(({ payload }) => payload.scope);
    await until(async () => {
      await Promise.all(backends.map(({ announce }) => announce()));
      return scopes().length >= count;
    });
    expect(scopes()).toHaveLength(count);
    expect(new Set(scopes()).size).toBe(count);
  });

  it('tells again what a backend that died or failed did not get to tell', async () => {
    const { ask } = await setUp();
    const first = await ask();
    const second = await ask('elsewhere');
    const failing = announcer(async ({ payload }) => {
      if (payload.link === `/approvals/${first.id}`) {
        throw new Error('notifications are down');
      }
    });
    await failing.announce();
    expect(failing.sent.map(({ payload }) => payload.link)).toEqual([
      `/approvals/${second.id}`,
    ]);
    expect(failing.logger.warn.mock.calls.join()).toContain(
      'notifications are down',
    );
    // Not at once, which would fill the log.
    await failing.announce();
    expect(failing.logger.warn).toHaveBeenCalledTimes(1);

    const other = announcer();
    await other.announce();
    expect(other.sent.map(({ payload }) => payload.link)).toEqual([
      `/approvals/${first.id}`,
    ]);
  });

  it('keeps nobody from deciding while it tells', async () => {
    const { ask, approvals } = await setUp();
    const { id } = await ask();
    const telling = gate();
    const goOn = gate();
    const slow = announcer(async () => {
      telling.open();
      await goOn.opened;
    });
    const announced = slow.announce();
    await telling.opened;
    expect((await approvals.approve(id, IDRIS)).state).toBe('resumed');
    goOn.open();
    await announced;
    await slow.announce();
    expect(slow.sent.map(({ payload }) => payload.title)).toEqual([
      'mara asks for your approval: Deploy orders v3 to prod',
      'Deploy orders v3 to prod was approved by idris',
    ]);
  });

  it('keeps secrets of the run to itself', async () => {
    const { ask } = await setUp();
    const secrets: RunSecrets = {
      ...noSecrets,
      redactor: async runId => ({
        ...(await noSecrets.redactor(runId)),
        json: value =>
          JSON.parse(JSON.stringify(value).replaceAll('orders v3', '***')),
      }),
    };
    const { announce, sent } = announcer(undefined, secrets);
    await ask();
    await announce();
    expect(sent[0].payload.title).toBe(
      'mara asks for your approval: Deploy *** to prod',
    );
  });
});
