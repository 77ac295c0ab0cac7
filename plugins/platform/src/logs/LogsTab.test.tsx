import type { WorkloadLogLine } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PushStream } from '../__testUtils__/PushStream';
import { anOverview } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

function line(second: number, text: string): WorkloadLogLine {
  return {
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    releaseId: 'release-3',
    stream: text.startsWith('error') ? 'stderr' : 'stdout',
    text,
  };
}

describe('the logs tab', () => {
  it('follows, filters, pauses, and goes on after a broken connection without repeating itself', async () => {
    const user = userEvent.setup();
    const stream = new PushStream<WorkloadLogLine>();
    renderPlatform(
      { tab: 'logs' },
      {
        getService: async () => anOverview(),
        streamServiceLogs: (_request, options) => stream.open(options?.signal),
      },
    );
    const log = within(await screen.findByRole('log', { name: 'Log in dev' }));
    await waitFor(() => expect(stream.opened).toBe(1));
    stream.push(line(1, 'listening'), line(2, 'error: no such order'));
    expect(await log.findByText('listening')).toBeInTheDocument();
    expect(log.getByText('error: no such order')).toBeInTheDocument();

    await user.click(screen.getByRole('radio', { name: 'stderr' }));
    expect(log.queryByText('listening')).toBeNull();
    expect(log.getByText('error: no such order')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'All' }));
    await user.type(
      screen.getByRole('searchbox', { name: 'Lines with' }),
      'LISTEN',
    );
    expect(log.queryByText('error: no such order')).toBeNull();
    await user.clear(screen.getByRole('searchbox', { name: 'Lines with' }));

    await user.click(screen.getByRole('button', { name: 'Pause' }));
    stream.push(line(3, 'order taken'));
    stream.fail(new Error('connection lost'));
    await waitFor(() => expect(stream.opened).toBe(2));
    expect(log.queryByText('order taken')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    stream.push(
      line(2, 'error: no such order'),
      line(3, 'order taken'),
      line(4, 'order shipped'),
    );
    expect(await log.findByText('order shipped')).toBeInTheDocument();
    expect(log.getAllByText('order taken')).toHaveLength(1);
    expect(log.getAllByText('error: no such order')).toHaveLength(1);
  });
});
