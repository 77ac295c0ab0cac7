import type {
  PlatformApi,
  RolloutVerdict,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDeployment,
  aHold,
  aRelease,
  dev,
  staging,
} from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

const v2 = aRelease(2, 'Take orders');
const v3 = aRelease(3, 'Validate the currency');

const SOUR: RolloutVerdict = {
  state: 'sour',
  message: '40 % of 100 requests failed.',
  before: { requests: 900, errorRate: 0.001, p95Ms: 12 },
  now: { requests: 100, errorRate: 0.4, p95Ms: 480 },
};

describe('the deliveries page', () => {
  function open(pageDeployments: PlatformApi['pageDeployments']) {
    return renderPlatform(
      { path: '/deliveries' },
      { pageDeployments, listEnvironments: async () => [dev, staging] },
    );
  }

  it('shows what went where, and more of it when asked', async () => {
    const user = userEvent.setup();
    const pageDeployments = jest.fn(async ({ cursor }: { cursor?: string }) =>
      cursor
        ? { items: [aDeployment(v2)] }
        : {
            items: [
              aDeployment(v3, {
                cause: 'rollback',
                reason: 'Customers complain',
              }),
            ],
            nextCursor: 'next',
          },
    );
    open(pageDeployments);
    const row = within((await screen.findByText('v3')).closest('tr')!);
    expect(row.getByRole('link', { name: 'v3' })).toHaveAttribute(
      'href',
      '/deliveries/orders/3',
    );
    expect(row.getByText('brought back: Customers complain')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('v2')).toBeVisible();
  });

  it('narrows it down, and says so where nothing matches', async () => {
    const user = userEvent.setup();
    const pageDeployments = jest.fn(async () => ({ items: [] }));
    open(pageDeployments);
    expect(await screen.findByText('Nothing was deployed yet')).toBeVisible();
    await user.click(
      await screen.findByRole('button', { name: /Environment/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'Staging' }));
    expect(await screen.findByText('No delivery matches')).toBeVisible();
    expect(pageDeployments).toHaveBeenLastCalledWith(
      expect.objectContaining({ environment: 'staging' }),
      expect.anything(),
    );
    await user.click(
      screen.getByRole('button', { name: 'Show all deliveries' }),
    );
    expect(await screen.findByText('Nothing was deployed yet')).toBeVisible();
  });
});

describe('the page of a release', () => {
  it('shows what it is made from, how it did and where it is, and holds it', async () => {
    const user = userEvent.setup();
    let hold: ReturnType<typeof aHold> | undefined;
    const placeHold = jest.fn(async (_request: object) => {
      hold = aHold();
      return hold;
    });
    renderPlatform(
      { path: '/deliveries/orders/3' },
      {
        listFacts: async () => [],
        listHolds: async () => (hold ? [hold] : []),
        placeHold,
        getRelease: async () => ({
          release: v3,
          before: 2,
          hold,
          commits: {
            direction: 'forward',
            repository: 'orders',
            total: 1,
            items: [v3.commit],
          },
          configurations: [
            {
              environment: 'dev',
              version: 4,
              before: 2,
              changes: [
                {
                  version: 4,
                  changedBy: 'user:default/mara',
                  changedAt: '2026-01-01T00:00:00Z',
                  runId: 'run-4',
                  changes: [{ key: 'TOKEN', isSecret: true, action: 'change' }],
                },
                {
                  version: 3,
                  changedBy: 'user:default/mara',
                  changedAt: '2026-01-01T00:00:00Z',
                  runId: 'run-3',
                  changes: [
                    {
                      key: 'LEVEL',
                      isSecret: false,
                      action: 'change',
                      from: 'info',
                      to: 'debug',
                    },
                  ],
                },
              ],
            },
            { environment: 'staging', version: 1, before: 1, changes: [] },
            { environment: 'prod', version: 0, changes: [] },
          ],
          deployments: [
            aDeployment(v3, {
              state: 'rolled-back',
              previous: { deploymentId: 'deployment-2', release: 2 },
              verdict: SOUR,
            }),
          ],
        }),
      },
    );
    expect(
      await screen.findByRole('heading', { name: 'orders v3' }),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Earlier: v2' }),
    ).toHaveAttribute('href', '/deliveries/orders/2');
    const table = within(
      screen.getByRole('table', { name: 'Requests in dev' }),
    );
    expect(
      table.getByRole('row', { name: 'v3 100 40 % 480 ms' }),
    ).toBeVisible();
    expect(
      table.getByRole('row', { name: 'v2 900 0.1 % 12 ms' }),
    ).toBeVisible();
    expect(screen.getByText('rolled back')).toBeVisible();
    expect(screen.getByText('Brings 1 commit')).toBeVisible();
    const given = screen
      .getAllByRole('row')
      .map(({ textContent }) => textContent);
    expect(given).toEqual(
      expect.arrayContaining([
        'devc4TOKEN secret changedLEVEL info → debug',
        'stagingc1Nothing.',
        'prodnothing setNothing ran here before.',
      ]),
    );

    await user.click(screen.getByRole('button', { name: 'Hold' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/Reason/), 'It sends mails twice');
    await user.click(dialog.getByRole('button', { name: 'Hold v3' }));
    expect(placeHold).toHaveBeenCalledWith({
      service: 'orders',
      release: 3,
      reason: 'It sends mails twice',
    });
    expect(
      await screen.findByText('v3 is held, so it is deployed nowhere'),
    ).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Hold' })).toBeNull(),
    );
  });

  it('says so where there is no such release', async () => {
    renderPlatform(
      { path: '/deliveries/orders/9' },
      {
        listFacts: async () => [],
        listHolds: async () => [],
        getRelease: async () => {
          throw new Error('orders has no release v9.');
        },
      },
    );
    expect(await screen.findByText('orders has no release v9.')).toBeVisible();
  });
});
