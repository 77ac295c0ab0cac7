import { JobTimer } from './JobTimer';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('JobTimer', () => {
  let came: string[];
  let timer: JobTimer | undefined;

  afterEach(() => {
    timer?.stop();
    jest.useRealTimers();
  });

  function start(
    now: string,
    schedule: string,
    options: { timeZone?: string; missed?: string } = {},
  ): void {
    const { timeZone = 'UTC', missed } = options;
    jest.useFakeTimers({ now: new Date(now) });
    came = [];
    timer = new JobTimer({ schedule, timeZone, timeLimitMs: HOUR }, due =>
      came.push(
        `${due.toISOString()} at ${new Date().toISOString().slice(11, 19)}`,
      ),
    );
    timer.start(missed ? new Date(missed) : undefined);
  }

  const pass = (milliseconds: number) => jest.advanceTimersByTime(milliseconds);

  it('tells each time once, when it comes', () => {
    start('2026-06-01T10:02:00Z', '*/5 * * * *');
    expect(timer?.next?.toISOString()).toBe('2026-06-01T10:05:00.000Z');
    pass(10 * MINUTE);
    expect(came).toEqual([
      '2026-06-01T10:05:00.000Z at 10:05:00',
      '2026-06-01T10:10:00.000Z at 10:10:00',
    ]);
    timer?.stop();
    pass(HOUR);
    expect(came).toHaveLength(2);
  });

  it('knows the time zone, and what its clock does in spring', () => {
    start('2026-03-28T00:00:00Z', '30 2 * * *', { timeZone: 'Europe/Berlin' });
    pass(72 * HOUR);
    // On the 29th there is no 02:30: the clock goes from 02:00 to 03:00.
    expect(came.map(text => text.slice(0, 16))).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('knows what the clock does in autumn', () => {
    start('2026-10-24T12:00:00Z', '30 2 * * *', { timeZone: 'Europe/Berlin' });
    pass(36 * HOUR);
    // On the 25th there are two.
    expect(came.map(text => text.slice(0, 16))).toEqual(['2026-10-25T00:30']);
    start('2026-10-25T00:10:00Z', '*/30 * * * *', {
      timeZone: 'Europe/Berlin',
    });
    pass(2 * HOUR);
    expect(came).toHaveLength(4);
  });

  it('makes up for what went by before it was started, once', () => {
    start('2026-06-01T10:02:00Z', '*/5 * * * *', {
      missed: '2026-06-01T08:00:00Z',
    });
    pass(4 * MINUTE);
    expect(came).toEqual([
      '2026-06-01T08:00:00.000Z at 10:02:00',
      '2026-06-01T10:05:00.000Z at 10:05:00',
    ]);
  });

  it('makes up for what went by while the machine slept, once', () => {
    start('2026-06-01T10:02:00Z', '*/5 * * * *');
    jest.setSystemTime(new Date('2026-06-01T13:01:00Z'));
    pass(30_000);
    expect(came).toEqual(['2026-06-01T10:05:00.000Z at 13:01:30']);
    pass(5 * MINUTE);
    expect(came).toHaveLength(2);
  });

  it('goes by the clock that was set back, and does nothing twice where it was only corrected', () => {
    start('2026-06-01T10:02:00Z', '*/5 * * * *');
    jest.setSystemTime(new Date('2026-06-01T08:02:00Z'));
    pass(4 * MINUTE);
    expect(came).toEqual(['2026-06-01T08:05:00.000Z at 08:05:00']);
    pass(4 * MINUTE);
    expect(came).toHaveLength(2);
    jest.setSystemTime(new Date('2026-06-01T08:09:58Z'));
    pass(MINUTE);
    expect(came).toHaveLength(2);
  });

  it('waits for nothing where nothing comes', () => {
    start('2026-06-01T10:02:00Z', '0 0 30 2 *');
    expect(timer?.next).toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });
});
