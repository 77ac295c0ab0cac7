import { mockServices } from '@backstage/backend-test-utils';
import type { CatalogSync } from './CatalogSync';
import { SyncWorker } from './SyncWorker';

type Looks = Pick<
  CatalogSync,
  'sync' | 'syncAll' | 'syncMissed' | 'syncRotations'
>;

function start(sync: Partial<Looks>) {
  const onChange = jest.fn();
  const logger = mockServices.logger.mock();
  const nothing = async () => false;
  const worker = new SyncWorker({
    sync: {
      sync: nothing,
      syncAll: nothing,
      syncMissed: nothing,
      syncRotations: nothing,
      ...sync,
    },
    logger,
    onChange,
  });
  return { worker, onChange, logger };
}

describe('SyncWorker', () => {
  it('tries again until the catalog answers, and tells that something changed', async () => {
    let tries = 0;
    const { worker, onChange, logger } = start({
      syncAll: async () => {
        tries += 1;
        if (tries === 1) {
          throw new Error('The catalog is starting.');
        }
        return true;
      },
    });
    await worker.all();
    expect(tries).toBe(2);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('looks at what comes while it works together, by who changed it', async () => {
    const looked: Array<[readonly string[], string | undefined]> = [];
    const { worker, onChange } = start({
      sync: async (refs, actor) => {
        looked.push([refs, actor]);
        return false;
      },
    });
    const first = worker.all();
    void worker.some(['component:default/a']);
    void worker.some(['component:default/a', 'component:default/b']);
    await worker.some(['component:default/c'], 'user:default/mara');
    await first;
    expect(looked).toEqual([
      [['component:default/a', 'component:default/b'], undefined],
      [['component:default/c'], 'user:default/mara'],
    ]);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('reads everything once for all who want that while it waits', async () => {
    let count = 0;
    const { worker } = start({
      syncAll: async () => {
        count += 1;
        return false;
      },
    });
    await Promise.all([worker.all(), worker.all(), worker.all()]);
    expect(count).toBe(1);
    await worker.all();
    expect(count).toBe(2);
  });

  it('looks once for what was missed, however often it is asked while it waits', async () => {
    let count = 0;
    const { worker } = start({
      syncMissed: async () => {
        count += 1;
        return false;
      },
    });
    const first = worker.all();
    await Promise.all([worker.missed(), worker.missed(), worker.missed()]);
    await first;
    expect(count).toBe(1);
    await worker.missed();
    expect(count).toBe(2);
  });

  it('ends in the middle of a try when it is stopped', async () => {
    const { worker, onChange } = start({
      syncAll: async () => {
        throw new Error('The catalog is gone.');
      },
    });
    const all = worker.all();
    await worker.stop();
    await all;
    expect(onChange).not.toHaveBeenCalled();
  });
});
