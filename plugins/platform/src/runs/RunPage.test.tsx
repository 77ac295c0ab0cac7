import type { Run, RunStreamEvent } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PushStream } from '../__testUtils__/PushStream';
import { aPipeline, aRun, aStep } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

function openRun(run: Run, rest = {}) {
  const stream = new PushStream<RunStreamEvent>();
  const { signals } = renderPlatform(
    { path: '/runs/run-1' },
    {
      streamRun: (_id, options) => stream.open(options?.signal),
      ...rest,
    },
  );
  const begin = async (...events: RunStreamEvent[]) => {
    await waitFor(() => expect(stream.opened).toBeGreaterThan(0));
    stream.push({ type: 'run', run }, ...events);
  };
  return { stream, signals, begin };
}

describe('the page of a run', () => {
  it('follows the steps and the log, through a broken connection, to the end', async () => {
    const first = { sequence: 1, stepId: 'plan', at: '2026-01-01T00:00:00Z' };
    const { stream, begin } = openRun(
      aRun({
        steps: [
          aStep('plan', { title: 'Plan', state: 'running' }),
          aStep('switch', { title: 'Switch', dependsOn: ['plan'] }),
        ],
      }),
    );
    await begin({ type: 'log', lines: [{ ...first, text: 'two changes' }] });

    expect(
      await screen.findByRole('heading', { name: 'Deploy orders v2 to dev' }),
    ).toBeVisible();
    expect(await screen.findByText('two changes')).toBeVisible();
    expect(screen.getByText('Switch')).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Cancel' })).toBeVisible();

    stream.fail(new Error('connection lost'));
    expect(await screen.findByText('reconnecting')).toBeVisible();
    await waitFor(() => expect(stream.opened).toBe(2));
    stream.push(
      {
        type: 'run',
        run: aRun({
          state: 'succeeded',
          endedAt: new Date().toISOString(),
          steps: [
            aStep('plan', { title: 'Plan', state: 'succeeded' }),
            aStep('switch', { title: 'Switch', state: 'succeeded' }),
          ],
        }),
      },
      {
        type: 'log',
        lines: [
          { ...first, text: 'two changes' },
          { ...first, sequence: 2, stepId: 'switch', text: 'traffic moved' },
        ],
      },
      { type: 'end' },
    );

    expect(await screen.findByText('traffic moved')).toBeVisible();
    expect(screen.getAllByText('two changes')).toHaveLength(1);
    expect(await screen.findByText('ended')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('says why a run failed, and follows it again after a retry', async () => {
    const retryRun = jest.fn(async () => aRun());
    const { stream, begin } = openRun(
      aRun({
        state: 'failed',
        failure: {
          message: 'orders was not ready in 30 s.',
          hint: 'Look at what GET /ready waits for.',
        },
      }),
      { retryRun },
    );
    await begin({ type: 'end' });

    expect(
      await screen.findByText('orders was not ready in 30 s.'),
    ).toBeVisible();
    expect(
      screen.getByText('Look at what GET /ready waits for.'),
    ).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(retryRun).toHaveBeenCalledWith('run-1');
    await waitFor(() => expect(stream.opened).toBe(2));
    stream.push({ type: 'run', run: aRun() });
    expect(await screen.findByRole('button', { name: 'Cancel' })).toBeVisible();
    expect(screen.queryByText('orders was not ready in 30 s.')).toBeNull();
  });

  it('takes a run up again when a signal says that it goes on', async () => {
    const { stream, signals, begin } = openRun(aRun({ state: 'failed' }));
    await begin({ type: 'end' });
    await screen.findByRole('button', { name: 'Retry' });

    signals.send({
      type: 'run',
      runId: 'another-run',
      kind: 'deploy',
      state: 'running',
    });
    signals.send({
      type: 'run',
      runId: 'run-1',
      kind: 'deploy',
      state: 'running',
    });
    await waitFor(() => expect(stream.opened).toBe(2));
  });

  it('shows the log of the job that failed, and of others when asked', async () => {
    const user = userEvent.setup();
    const logs: Record<string, string> = {
      lint: 'no complaints',
      test: '\u001b[31m1 of 9 tests failed\u001b[0m',
    };
    const { begin } = openRun(
      aRun({
        kind: 'pipeline',
        state: 'failed',
        failure: { message: 'Job "test" failed.' },
      }),
      {
        getJobLog: async (_id: string, job: string, after = 0) => ({
          lines: after === 0 ? [{ sequence: 1, text: logs[job] }] : [],
          truncated: 0,
        }),
      },
    );
    const times = {
      startedAt: '2026-01-01T00:00:00Z',
      endedAt: '2026-01-01T00:00:04Z',
    };
    await begin(
      {
        type: 'pipeline',
        pipeline: aPipeline({
          state: 'failed',
          failure: { message: 'Job "test" failed.', job: 'test' },
          jobs: [
            { name: 'lint', stage: 'test', state: 'succeeded', ...times },
            { name: 'test', stage: 'test', state: 'failed', ...times },
            { name: 'build', stage: 'build', state: 'skipped' },
          ],
        }),
      },
      { type: 'end' },
    );

    const log = await screen.findByRole('log', { name: 'Log of test' });
    expect(
      await within(log).findByText('1 of 9 tests failed'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Show the log of test' }),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: /test 4.0 s/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );

    await user.click(screen.getByRole('button', { name: /lint/ }));
    expect(await screen.findByText('no complaints')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /build/ }));
    expect(
      await screen.findByText('Skipped: a job before it failed.'),
    ).toBeVisible();
  });

  it('asks before it cancels, and says where in line a run stands', async () => {
    const user = userEvent.setup();
    const cancelRun = jest.fn(async () => aRun({ state: 'cancelling' }));
    const { begin } = openRun(
      aRun({
        state: 'queued',
        startedAt: undefined,
        queue: {
          place: 2,
          behindRunId: 'run-0',
          behindTitle: 'Deploy orders v1 to dev',
        },
      }),
      { cancelRun },
    );
    await begin();

    expect(await screen.findByText(/2nd in line behind/)).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Deploy orders v1 to dev' }),
    ).toHaveAttribute('href', '/runs/run-0');
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    const dialog = await screen.findByRole('dialog');
    expect(cancelRun).not.toHaveBeenCalled();
    await user.click(
      within(dialog).getByRole('button', { name: 'Cancel the run' }),
    );
    expect(cancelRun).toHaveBeenCalledWith('run-1');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
