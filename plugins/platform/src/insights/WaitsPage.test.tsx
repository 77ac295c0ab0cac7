import type { LedgerRow } from '@slipway/plugin-platform-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPlatform } from '../__testUtils__/renderPlatform';

const none = { people: 0, queue: 0, machines: 0, work: 0 };

function aRow(row: Partial<LedgerRow>): LedgerRow {
  return { runs: 10, withoutPeople: 10, total: none, median: none, ...row };
}

describe('the wait ledger', () => {
  it('shows where the time went, those who waited longest first, by what one chooses', async () => {
    const user = userEvent.setup();
    const getWaitLedger = jest.fn(async () => ({
      days: 30,
      all: aRow({
        runs: 30,
        withoutPeople: 29,
        total: { ...none, people: 3_600_000, work: 60_000 },
      }),
      groupedBy: 'owner' as const,
      groups: [
        aRow({ key: 'group:default/payments' }),
        aRow({ key: undefined }),
        aRow({
          key: 'group:default/growth',
          withoutPeople: 9,
          median: { ...none, people: 60_000 },
        }),
      ],
    }));
    renderPlatform({ path: '/insights' }, { getWaitLedger });

    expect(await screen.findByText('96 %')).toBeVisible();
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      'growth1090 %1 min0 s0 s0 s',
      'payments10100 %0 s0 s0 s0 s',
      'none10100 %0 s0 s0 s0 s',
    ]);
    expect(
      within(rows[0]).getByRole('rowheader', { name: 'growth' }),
    ).toBeVisible();

    await user.click(screen.getByRole('button', { name: /Whose/ }));
    await user.click(await screen.findByRole('option', { name: 'My teams' }));
    expect(getWaitLedger).toHaveBeenLastCalledWith(
      {
        groupedBy: 'owner',
        days: 30,
        owner: ['user:default/mara', 'group:default/payments'],
      },
      expect.anything(),
    );
  });

  it('invents nothing while nothing has ended', async () => {
    renderPlatform(
      { path: '/insights/waits?by=environment&days=7' },
      {
        getWaitLedger: async query => ({
          days: query.days ?? 0,
          all: aRow({ runs: 0, withoutPeople: 0 }),
          groupedBy: 'environment',
          groups: [],
        }),
      },
    );
    expect(await screen.findByText('No run has ended in 7 days')).toBeVisible();
    expect(screen.queryByText(/%/)).toBeNull();
  });
});
