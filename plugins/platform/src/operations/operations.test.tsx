import type {
  PlatformApi,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOverview, aPlan, aRun, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

async function open(
  status: Partial<WorkloadStatus>,
  platformApi: Partial<PlatformApi> = {},
) {
  const [inDev] = anOverview().environments;
  const environments = [
    {
      ...inDev,
      status: { health: 'healthy', restarts: 0, ...status } as const,
    },
  ];
  renderPlatform(
    { tab: 'delivery' },
    {
      getService: async () => anOverview({ environments }),
      listDeployments: async () => [],
      listPreviews: async () => [],
      listFacts: async () => [],
      listHolds: async () => [],
      planRun: async () => aPlan(),
      ...platformApi,
    },
  );
  return within(await screen.findByRole('article', { name: 'Development' }));
}

/** Chooses from the menu of the card; answers the dialog that opens. */
async function choose(name: string) {
  const user = userEvent.setup();
  await user.click(
    await screen.findByRole('button', { name: 'More for Development' }),
  );
  await user.click(await screen.findByRole('menuitem', { name }));
  return within(await screen.findByRole('dialog'));
}

describe('operations', () => {
  it('scale what serves, once it is known what that does', async () => {
    const user = userEvent.setup();
    const startRun = jest.fn(async () => aRun());
    const card = await open(
      { replicas: { wanted: 2, ready: 1 } },
      { startRun },
    );
    expect(await card.findByText('1 of 2 replicas ready')).toBeVisible();
    const dialog = await choose('Scale');
    expect(dialog.getByText('2 now; Development takes 1 to 10.')).toBeVisible();
    const confirm = dialog.getByRole('button', { name: 'Scale' });
    expect(confirm).toBeDisabled();
    const field = dialog.getByRole('textbox', { name: 'Replicas' });
    await user.clear(field);
    await user.type(field, '3');
    await user.tab();
    await waitFor(() => expect(confirm).toBeEnabled());
    await user.click(confirm);
    expect(startRun).toHaveBeenCalledWith({
      kind: 'scale-service',
      input: { service: 'orders', environment: 'dev', replicas: 3 },
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('stop it with a reason, and ask somebody first where that is the rule', async () => {
    const user = userEvent.setup();
    const startRun = jest.fn(async () => aRun());
    await open(
      {},
      {
        startRun,
        planRun: async () =>
          aPlan({
            decision: {
              stage: 'plan',
              at: secondsAgo(0),
              effect: 'needs-approval',
              reasons: [],
            },
          }),
      },
    );
    const dialog = await choose('Stop');
    await user.type(dialog.getByLabelText(/^Reason/), 'costs too much');
    await user.click(
      await dialog.findByRole('button', { name: 'Ask for approval' }),
    );
    expect(startRun).toHaveBeenCalledWith({
      kind: 'stop-service',
      input: {
        service: 'orders',
        environment: 'dev',
        reason: 'costs too much',
      },
    });
  });

  it('offer to start what is stopped, and say who wants it so', async () => {
    const user = userEvent.setup();
    const startRun = jest.fn(async () => aRun());
    const card = await open(
      {
        health: 'stopped',
        url: 'http://orders-dev.localhost',
        stopped: { reason: 'mara stopped it', since: secondsAgo(120) },
      },
      { startRun },
    );
    expect((await card.findByText(/^Mara stopped it/)).textContent).toBe(
      'Mara stopped it, 2 min ago',
    );
    expect(card.queryByRole('link', { name: /^Open/ })).toBeNull();
    expect(card.queryByRole('button', { name: /^More/ })).toBeNull();
    await user.click(card.getByRole('button', { name: 'Start Development' }));
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Start' });
    await waitFor(() => expect(confirm).toBeEnabled());
    await user.click(confirm);
    expect(startRun).toHaveBeenCalledWith({
      kind: 'start-service',
      input: { service: 'orders', environment: 'dev' },
    });
  });

  it('offer no replicas of a job', async () => {
    await open({ kind: 'job' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'More for Development' }),
    );
    const items = await screen.findAllByRole('menuitem');
    expect(items.map(({ textContent }) => textContent)).toEqual(['Stop']);
  });
});
