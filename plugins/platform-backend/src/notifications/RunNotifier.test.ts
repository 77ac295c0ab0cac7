import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Deployment } from '@slipway/plugin-platform-common';
import type { UnhandledEnd } from '../runs';
import { RunNotifier } from './RunNotifier';

function setUp() {
  const sent: NotificationSendOptions[] = [];
  const notifier = new RunNotifier({
    notifications: {
      send: async news => {
        sent.push(news);
      },
    },
    logger: mockServices.logger.mock(),
  });
  return { sent, notifier };
}

const END: UnhandledEnd = {
  runId: 'a-run',
  kind: 'create-service',
  kindVersion: 1,
  title: 'Create orders',
  requestedBy: 'user:default/mara',
  input: {},
  state: 'failed',
  failure: { message: 'The repository could not be created.' },
};

describe('RunNotifier', () => {
  it('tells the requester how a run of any kind has ended', async () => {
    const { sent, notifier } = setUp();
    await notifier.runEnded(END);
    expect(sent).toEqual([
      {
        recipients: { type: 'entity', entityRef: ['user:default/mara'] },
        payload: {
          title: 'Create orders failed',
          description: 'The repository could not be created.',
          severity: 'high',
          link: '/runs/a-run',
          topic: 'runs',
          scope: 'run:a-run',
        },
      },
    ]);
    for (const state of ['succeeded', 'cancelled', 'undone'] as const) {
      await notifier.runEnded({ ...END, state, failure: undefined });
    }
    expect(sent.slice(1).map(({ payload }) => payload.title)).toEqual([
      'Create orders succeeded',
      'Create orders was cancelled',
      'Create orders was undone',
    ]);
    expect(sent[1].payload.severity).toBe('normal');
  });

  it('leaves pipelines and deployments to their own words, and machines alone', async () => {
    const { sent, notifier } = setUp();
    await notifier.runEnded({ ...END, kind: 'pipeline' });
    await notifier.runEnded({ ...END, kind: 'deploy' });
    await notifier.runEnded({ ...END, requestedBy: 'plugin:scaffolder' });
    expect(sent).toEqual([]);
  });

  describe('of a deployment', () => {
    const DEPLOYMENT: Deployment = {
      id: 'a-deployment',
      runId: 'a-run',
      service: 'orders',
      environment: 'staging',
      release: {
        id: 'a-release',
        service: 'orders',
        number: 4,
        commit: {
          sha: 'a'.repeat(40),
          title: 'Count orders',
          authorName: 'Mara',
          authorEmail: 'mara@example.com',
          authoredAt: '2026-01-01T00:00:00.000Z',
        },
        artifactDigest: `sha256:${'a'.repeat(64)}`,
        createdAt: '2026-01-01T00:00:00.000Z',
      },
      state: 'serving',
      cause: 'promotion',
      previous: { deploymentId: 'before', release: 3 },
      requestedBy: 'user:default/mara',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    const MARA = 'user:default/mara';
    const TEAM = 'group:default/payments';

    it.each([
      ['serving', false, [MARA, TEAM], 'orders v4 serves in staging'],
      ['serving', true, [MARA], 'orders v4 serves in staging'],
      ['failed', true, [MARA, TEAM], 'orders v4 did not reach staging'],
      [
        'rolled-back',
        true,
        [MARA, TEAM],
        'orders v4 was rolled back in staging: v3 serves again',
      ],
    ] as const)(
      'that is %s, routine or not (%s), tells %j',
      async (state, isRoutine, entityRef, title) => {
        const { sent, notifier } = setUp();
        const told = { owner: TEAM, isRoutine };
        await notifier.deploymentEnded({ ...DEPLOYMENT, state }, told);
        expect(sent).toMatchObject([
          { recipients: { entityRef }, payload: { title } },
        ]);
      },
    );

    it('tells nobody where nobody asked, and nobody owns it', async () => {
      const { sent, notifier } = setUp();
      await notifier.deploymentEnded(
        { ...DEPLOYMENT, requestedBy: 'service:default/platform' },
        { owner: undefined, isRoutine: false },
      );
      expect(sent).toEqual([]);
    });
  });
});
