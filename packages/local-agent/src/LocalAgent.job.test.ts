import path from 'node:path';
import type { LocalRuntime } from '@slipway/plugin-platform-backend-module-local-runtime';
import {
  bundleAgent,
  createContext,
  createRuntime,
  createTestDirectory,
  packService,
  REF,
  removeTestDirectory,
  startAgent,
  TOKEN,
} from './__testUtils__/createTestAgent';
import {
  jobOf,
  printedOf,
  takeOver,
  TestJob,
} from './__testUtils__/createTestJob';
import { eventually } from './__testUtils__/request';
import { LocalAgent } from './LocalAgent';

jest.setTimeout(60_000);

describe('a scheduled job in the local agent', () => {
  const directory = createTestDirectory();
  const stateDirectory = path.join(directory, 'agent');
  let job: TestJob;
  let agent: LocalAgent;
  let runtime: LocalRuntime;

  async function begin(): Promise<void> {
    agent = await LocalAgent.start({
      stateDirectory,
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      logger: { info: () => undefined, warn: () => undefined },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
  }

  beforeAll(begin);

  beforeEach(() => {
    job = new TestJob(packService(directory), directory);
  });

  afterEach(() => runtime.remove(REF, createContext()));

  afterAll(async () => {
    await agent.stop();
    removeTestDirectory(directory);
  });

  const ended = (count: number) =>
    eventually(
      () => jobOf(runtime),
      ({ runs }) => runs.filter(({ endedAt }) => endedAt).length >= count,
    );

  it('runs at its times, and keeps what became of each run', async () => {
    const { url, lines } = await takeOver(runtime, job.release('v1'));
    expect(url).toBeUndefined();
    expect(lines.join()).toMatch(/It runs \* \* \* \* \* \*; the next time is/);

    const { nextAt, runs } = await ended(2);
    expect(await runtime.observe(REF)).toMatchObject({
      health: 'healthy',
      kind: 'job',
      instanceId: 'v1',
    });
    expect(Date.parse(nextAt ?? '')).toBeGreaterThan(Date.parse(runs[0].dueAt));
    const run = runs.at(-1);
    expect(run).toMatchObject({
      releaseId: 'v1',
      outcome: 'succeeded',
      exitCode: 0,
      message: expect.stringMatching(/^exited with code 0 after \d\.\d s$/),
    });
    expect(run?.dueAt).toMatch(/:\d\d\.000Z$/);
    expect(Date.parse(run?.startedAt ?? '')).toBeGreaterThanOrEqual(
      Date.parse(run?.dueAt ?? ''),
    );
    expect((await printedOf(runtime)).slice(0, 4)).toEqual([
      'run started',
      'begins, port undefined',
      'ends',
      expect.stringMatching(/^run exited with code 0/),
    ]);
  });

  it('is degraded by a run that fails, and healed by the next that does not', async () => {
    job.plan({ code: 3 });
    await takeOver(runtime, job.release('v1'));
    const bad = await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'degraded',
    );
    expect(bad.message).toMatch(
      /^The run of \d+ \w+ \d{4}, \d\d:\d\d \(UTC\) failed: it exited with code 3 after \d\.\d s\.$/,
    );
    job.plan({});
    const good = await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'healthy',
    );
    expect(good.message).toBeUndefined();
  });

  it('fails where there is no program to run', async () => {
    await takeOver(
      runtime,
      job.release('v1', {}, { command: ['no-such-program'] }),
    );
    const { message } = await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'degraded',
    );
    expect(message).toContain('there is no program "no-such-program"');
  });

  it('never runs twice at once, and says what it skipped', async () => {
    job.plan({ forMs: 2_500 });
    await takeOver(runtime, job.release('v1'));
    await eventually(
      () => jobOf(runtime),
      ({ runs }) => runs.some(({ skipped = 0 }) => skipped >= 2),
    );
    await ended(2);
    const printed = await printedOf(runtime);
    expect(printed).toContain('skipped, because the last run still goes on');
    const own = printed.filter(line => /^(?:begins|ends)/.test(line));
    own.forEach((line, index) =>
      expect(line).toMatch(index % 2 === 0 ? /^begins/ : /^ends/),
    );
  });

  it('has a time limit', async () => {
    job.plan({ forMs: 30_000 });
    await takeOver(runtime, job.release('v1', { timeLimitMs: 300 }));
    const { message } = await eventually(
      () => runtime.observe(REF),
      ({ health }) => health === 'degraded',
    );
    expect(message).toContain('took longer than 0.3 s, and was stopped');
  });

  it('lets a run of the release before finish, and does not run beside it', async () => {
    job.plan({ forMs: 3_000 });
    await takeOver(runtime, job.release('v1'));
    await eventually(
      () => jobOf(runtime),
      ({ runs }) => runs.length > 0,
    );
    // Slow enough that the ten runs that are kept reach back to the release before.
    job.plan({ forMs: 2_000 });
    await takeOver(runtime, job.release('v2'));
    await eventually(
      () => jobOf(runtime),
      status =>
        status.runs.some(
          ({ releaseId, outcome }) => releaseId === 'v2' && outcome,
        ),
    );
    const printed = (await printedOf(runtime)).filter(line =>
      /^(?:begins|ends)/.test(line),
    );
    expect(printed.slice(0, 3)).toEqual([
      expect.stringMatching('begins'),
      'ends',
      expect.stringMatching('begins'),
    ]);

    // What comes next shows what was before.
    await takeOver(runtime, job.release('v3', { schedule: '0 0 1 1 *' }));
    const { runs: shown } = await jobOf(runtime);
    const of = (release: string) =>
      shown.filter(({ releaseId }) => releaseId === release);
    expect(of('v2').length).toBeGreaterThan(0);
    const [ended_] = of('v1').map(({ endedAt }) => Date.parse(endedAt ?? ''));
    const begun = of('v2').map(({ startedAt }) => Date.parse(startedAt));
    expect(ended_).toBeLessThanOrEqual(Math.min(...begun));
    expect((await runtime.observe(REF)).health).toBe('healthy');
  });

  it('has no replicas, and no times while it is stopped', async () => {
    job.plan({});
    await takeOver(runtime, job.release('v1'));
    await ended(1);
    const context = createContext();
    await expect(runtime.scale(REF, 2, context)).rejects.toThrow(
      'never runs twice at once',
    );
    await runtime.stop(REF, 'it is night', context);
    const { runs: before, nextAt } = await jobOf(runtime);
    expect(nextAt).toBeUndefined();
    expect((await runtime.observe(REF)).stopped?.reason).toBe('it is night');
    await runtime.resume(REF, context);
    const { runs } = await eventually(
      () => jobOf(runtime),
      status => status.runs.length > before.length,
    );
    expect(runs[0].releaseId).toBe('v1');
  });

  it('goes on with the next agent, and begins a run again that was stopped with the last', async () => {
    job.plan({ forMs: 30_000 });
    await takeOver(runtime, job.release('v1'));
    const [first] = (
      await eventually(
        () => jobOf(runtime),
        ({ runs }) => runs.length > 0,
      )
    ).runs;
    job.plan({});
    await agent.stop();
    await begin();
    const { runs } = await ended(3);
    expect(runs.at(-1)).toMatchObject({
      startedAt: first.startedAt,
      outcome: 'stopped',
    });
    expect(runs.at(-2)).toMatchObject({
      dueAt: first.dueAt,
      outcome: 'succeeded',
    });
  });

  it('refuses a schedule that can not be kept', async () => {
    for (const work of [
      { schedule: '61 * * * *' },
      { timeZone: 'Mars/Olympus' },
    ]) {
      await expect(
        takeOver(runtime, job.release('v1', work)),
      ).rejects.toMatchObject({ name: 'InputError' });
    }
  });

  it('outlives an agent that is killed', async () => {
    const bundle = bundleAgent(directory);
    const data = path.join(directory, 'killed');
    const first = await startAgent(bundle, data);
    job.plan({ forMs: 1_500 });
    await takeOver(first.runtime, job.release('v1'));
    const before = await eventually(
      () => jobOf(first.runtime),
      ({ runs }) => runs.length > 0,
    );
    await first.end('SIGKILL');
    const second = await startAgent(bundle, data);
    try {
      const adopted = await jobOf(second.runtime);
      expect(adopted.runs).toMatchObject(before.runs);
      job.plan({});
      const { runs } = await eventually(
        () => jobOf(second.runtime),
        status => status.runs.some(({ outcome }) => outcome === 'succeeded'),
      );
      expect(runs.at(-1)).toMatchObject({
        startedAt: before.runs[0].startedAt,
        outcome: 'unknown',
      });
      const printed = (await printedOf(second.runtime)).filter(line =>
        /^(?:begins|ends)/.test(line),
      );
      expect(printed.slice(0, 2)).toEqual([
        expect.stringMatching('begins'),
        'ends',
      ]);
    } finally {
      await second.runtime.remove(REF, createContext());
      await second.end('SIGTERM');
    }
  });
});
