import { mockServices } from '@backstage/backend-test-utils';
import { OWNERSHIP_CATALOG_TOPIC } from '@slipway/plugin-ownership-common';
import { REPOSITORY_EVENT_TOPIC } from '@slipway/plugin-platform-common';
import { CatalogFollower } from './CatalogFollower';

describe('CatalogFollower', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  async function start() {
    const events = mockServices.events();
    const worker = {
      all: jest.fn(async () => {}),
      some: jest.fn(async () => {}),
      missed: jest.fn(async () => {}),
    };
    const follower = new CatalogFollower({ worker });
    await follower.follow(events);
    return { events, worker, follower };
  }

  it('looks at everything once when the last of many such events is over', async () => {
    const { events, worker, follower } = await start();
    for (let count = 0; count < 3; count += 1) {
      await events.publish({
        topic: OWNERSHIP_CATALOG_TOPIC,
        eventPayload: { all: true },
      });
      jest.advanceTimersByTime(4_999);
    }
    expect(worker.all).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10_000);
    expect(worker.all).toHaveBeenCalledTimes(1);
    follower.stop();
  });

  it('looks at everything where a whole company is read in', async () => {
    const { events, worker, follower } = await start();
    for (let batch = 0; batch < 5; batch += 1) {
      await events.publish({
        topic: OWNERSHIP_CATALOG_TOPIC,
        eventPayload: {
          entityRefs: Array.from(
            { length: 150 },
            (_, index) => `component:default/${batch}-${index}`,
          ),
        },
      });
    }
    jest.advanceTimersByTime(0);
    expect(worker.some).toHaveBeenCalledTimes(3);
    jest.advanceTimersByTime(5_000);
    expect(worker.all).toHaveBeenCalledTimes(1);
    follower.stop();
  });

  it('looks at once and again later, until it is stopped', async () => {
    const { events, worker, follower } = await start();
    await events.publish({
      topic: OWNERSHIP_CATALOG_TOPIC,
      eventPayload: { entityRefs: ['component:default/orders'], actor: 'x' },
    });
    jest.advanceTimersByTime(300);
    expect(worker.some.mock.calls).toEqual([
      [['component:default/orders'], 'x'],
      [['component:default/orders'], 'x'],
    ]);
    await events.publish({
      topic: REPOSITORY_EVENT_TOPIC,
      eventPayload: { repository: 'orders', action: 'deleted' },
    });
    jest.advanceTimersByTime(0);
    expect(worker.missed).toHaveBeenCalledTimes(1);
    follower.stop();
    jest.advanceTimersByTime(10_000);
    expect(worker.some).toHaveBeenCalledTimes(2);
    expect(worker.missed).toHaveBeenCalledTimes(1);
    expect(worker.all).not.toHaveBeenCalled();
  });

  it('looks at what a repository says once somebody has pushed to it', async () => {
    const { events, worker, follower } = await start();
    await events.publish({
      topic: REPOSITORY_EVENT_TOPIC,
      eventPayload: { repository: 'orders', action: 'pushed' },
    });
    jest.advanceTimersByTime(10_000);
    expect(worker.some.mock.calls).toEqual([[['repository:default/orders']]]);
    follower.stop();
  });
});
