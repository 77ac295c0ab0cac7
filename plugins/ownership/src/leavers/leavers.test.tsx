import type { Leaver } from '@slipway/plugin-ownership-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderOwnership } from '../__testUtils__/renderOwnership';

function aLeaver(leaver: Partial<Leaver> = {}): Leaver {
  return {
    id: 'leaver-1',
    state: 'done',
    person: 'user:default/idris',
    title: 'Idris Okafor',
    teams: ['group:default/payments'],
    leftAt: '2026-11-26T10:00:00.000Z',
    touched: ['2 access tokens were revoked.'],
    ...leaver,
  };
}

describe('leavers', () => {
  const path = '/ownership/leavers';

  it('says who left, what was taken back, and what is left to do', async () => {
    renderOwnership(
      { path },
      { listLeavers: async () => ({ items: [aLeaver()] }) },
    );
    expect(
      await screen.findByText('2 access tokens were revoked.'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Work items of payments' }),
    ).toHaveAttribute(
      'href',
      '/ownership/work-items?who=group%3Adefault%2Fpayments',
    );
    expect(screen.queryByRole('button', { name: 'They left' })).toBeNull();
  });

  it('asks whether they left where so many are gone at once, and says who may say so', async () => {
    const confirmLeavers = jest
      .fn<Promise<Leaver[]>, [readonly string[]]>()
      .mockRejectedValueOnce(new Error('Ask the platform team.'))
      .mockResolvedValue([]);
    renderOwnership(
      { path },
      {
        listLeavers: async () => ({
          items: [
            aLeaver({ state: 'held', touched: [] }),
            aLeaver({ id: 'leaver-2', state: 'held', touched: [] }),
          ],
        }),
        confirmLeavers,
      },
    );
    expect(await screen.findByText('2 people are gone at once')).toBeVisible();
    const button = screen.getByRole('button', { name: 'They left' });
    await userEvent.click(button);
    expect(await screen.findByText('Ask the platform team.')).toBeVisible();
    await userEvent.click(button);
    await waitFor(() =>
      expect(confirmLeavers).toHaveBeenLastCalledWith(['leaver-1', 'leaver-2']),
    );
  });

  it('says that nobody has left', async () => {
    renderOwnership({ path }, { listLeavers: async () => ({ items: [] }) });
    expect(await screen.findByText('Nobody has left')).toBeVisible();
  });
});
