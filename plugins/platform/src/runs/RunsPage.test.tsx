import type { PlatformApi } from '@slipway/plugin-platform-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aRun, aWait, prod, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

function openRuns(path: string, listRuns: PlatformApi['listRuns']) {
  return renderPlatform(
    { path },
    {
      listRuns,
      listServices: async () => [],
      listEnvironments: async () => [prod],
    },
  );
}

describe('the runs', () => {
  it('asks for what its address says, and shows who waits for whom', async () => {
    const listRuns = jest.fn(async () => ({
      items: [
        aRun({
          state: 'waiting',
          waits: [aWait()],
          createdAt: secondsAgo(125),
        }),
      ],
    }));
    openRuns('/runs?state=people&who=teams&environment=prod', listRuns);

    const row = (
      await screen.findByRole('link', { name: 'Deploy orders v2 to dev' })
    ).closest('li');
    expect(row).toHaveTextContent('mara, 2 min ago');
    expect(row).toHaveTextContent('waiting for approval');
    expect(row).toHaveTextContent('waits for a second person of payments');
    expect(row).toHaveTextContent('2 min 5 s');
    expect(listRuns).toHaveBeenCalledWith(
      expect.objectContaining({
        activity: 'people',
        owner: ['user:default/mara', 'group:default/payments'],
        environment: 'prod',
      }),
      expect.anything(),
    );
  });

  it('loads more, and follows what happens', async () => {
    let items = [aRun({ id: 'run-2', title: 'Second' })];
    const { signals } = openRuns('/runs', async ({ cursor }) =>
      cursor
        ? { items: [aRun({ id: 'run-1', title: 'First' })] }
        : { items, nextCursor: 'more' },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );
    expect(await screen.findByRole('link', { name: 'First' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();

    items = [aRun({ id: 'run-3', title: 'Third' }), ...items];
    signals.send({
      type: 'run',
      runId: 'run-3',
      kind: 'deploy',
      state: 'queued',
    });
    expect(await screen.findByRole('link', { name: 'Third' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'First' })).toBeVisible();
  });

  it('says that nothing matches, and shows all again', async () => {
    openRuns('/runs?state=undone', async () => ({ items: [] }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all runs' }),
    );
    await waitFor(() => expect(screen.getByText('No runs yet')).toBeVisible());
  });
});
