import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
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
        recipients: { type: 'entity', entityRef: 'user:default/mara' },
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
});
