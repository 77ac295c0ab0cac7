import { mockServices } from '@backstage/backend-test-utils';
import { ChangeProcessor } from './ChangeProcessor';
import { ChangeTeller } from './ChangeTeller';

describe('what is told of changes', () => {
  let events: ReturnType<typeof mockServices.events.mock>;
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let teller: ChangeTeller;

  beforeEach(() => {
    jest.useFakeTimers();
    events = mockServices.events.mock();
    events.publish.mockResolvedValue();
    logger = mockServices.logger.mock();
    teller = new ChangeTeller({ events, logger });
  });

  afterEach(() => jest.useRealTimers());

  const told = () => events.publish.mock.calls.map(([one]) => one.eventPayload);

  it('is told once for all that comes within 300 ms', () => {
    ['a', 'b', 'a'].forEach(name =>
      teller.changed(`component:default/${name}`),
    );
    jest.advanceTimersByTime(299);
    expect(told()).toEqual([]);
    jest.advanceTimersByTime(1);
    teller.changed('component:default/c');
    teller.stop();
    expect(told()).toEqual([
      { entityRefs: ['component:default/a', 'component:default/b'] },
      { entityRefs: ['component:default/c'] },
    ]);
  });

  it('is not named where it is too much', () => {
    for (let index = 0; index <= 200; index += 1) {
      teller.changed(`component:default/${index}`);
    }
    jest.advanceTimersByTime(300);
    expect(told()).toEqual([{ all: true }]);
  });

  it('is logged where it is lost', async () => {
    events.publish.mockRejectedValue(new Error('The bus is down.'));
    teller.changed('component:default/a');
    teller.stop();
    await Promise.resolve();
    await Promise.resolve();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The bus is down.'),
    );
  });

  it('is what is not as it was when it was processed the last time', async () => {
    const kept = new Map<string, unknown>();
    const cache = {
      get: async <T>(key: string) => kept.get(key) as T | undefined,
      set: async (key: string, value: unknown) => {
        kept.set(key, value);
      },
    };
    const processor = new ChangeProcessor({ teller });
    const process = async (owner: string) => {
      await processor.postProcessEntity(
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'orders' },
          spec: { owner },
        },
        undefined,
        undefined,
        cache,
      );
      jest.advanceTimersByTime(300);
      return told().length;
    };
    expect(await process('payments')).toBe(1);
    expect(await process('payments')).toBe(1);
    expect(await process('logistics')).toBe(2);
  });
});
