import type { OwnershipApi } from '@slipway/plugin-ownership-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aFinding, aTeam } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

describe('work items', () => {
  async function openMenu(api: Partial<OwnershipApi>) {
    renderOwnership({ path: '/ownership/work-items' }, api);
    const row = await screen.findByRole('row', { name: /coupons/ });
    await userEvent.click(within(row).getByRole('button', { name: /More/ }));
  }

  it('takes one over', async () => {
    let finding = aFinding();
    const assignFinding = jest.fn(async (_: string, assignee?: string) => {
      finding = aFinding({ assignee });
      return finding;
    });
    await openMenu({
      listFindings: async () => ({ items: [finding] }),
      assignFinding,
    });
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Look after it' }),
    );
    expect(await screen.findByText(/Looked after by/)).toBeVisible();
    expect(assignFinding).toHaveBeenCalledWith(
      'finding-1',
      'user:default/mara',
    );
  });

  it('asks somebody of the teams concerned', async () => {
    const assignFinding = jest.fn(async () => aFinding());
    await openMenu({
      listFindings: async () => ({ items: [aFinding()] }),
      getTeam: async () => aTeam(),
      assignFinding,
    });
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Ask somebody to…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /Person/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: 'Mara' }));
    await userEvent.click(screen.getByRole('button', { name: 'Ask them' }));
    await waitFor(() =>
      expect(assignFinding).toHaveBeenCalledWith(
        'finding-1',
        'user:default/mara',
      ),
    );
  });

  it('snoozes one with a reason, and shows why that was refused', async () => {
    const snoozeFinding = jest
      .fn<Promise<never>, Parameters<OwnershipApi['snoozeFinding']>>()
      .mockRejectedValue(new Error('It is closed.'));
    await openMenu({
      listFindings: async () => ({ items: [aFinding()] }),
      snoozeFinding,
    });
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Snooze…' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Snooze' });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText(/Why it can wait/),
      'The team is being formed.',
    );
    await userEvent.click(confirm);
    expect(await within(dialog).findByText('It is closed.')).toBeVisible();
    const [{ until, reason }] = snoozeFinding.mock.calls[0];
    expect(reason).toBe('The team is being formed.');
    expect(Date.parse(until)).toBeGreaterThan(Date.now());
  });

  it('says that there is nothing to mend', async () => {
    renderOwnership(
      { path: '/ownership/work-items' },
      { listFindings: async () => ({ items: [] }) },
    );
    expect(await screen.findByText('Nothing to mend')).toBeVisible();
  });
});
