import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEntity, aTransfer } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

const TEAMS = ['payments', 'growth'].map(name => ({
  team: `group:default/${name}`,
  title: name,
  people: 2,
  entities: 2,
  findings: 0,
}));

describe('transfers', () => {
  it('offers some of what a team owns', async () => {
    const offerTransfer = jest.fn(async () => aTransfer());
    renderOwnership(
      { path: '/ownership/transfers/new?owner=group:default/payments' },
      {
        listTeams: async () => TEAMS,
        listEntities: async () => ({
          items: [
            anEntity(),
            anEntity({ entityRef: 'component:default/cart', name: 'cart' }),
          ],
        }),
        offerTransfer,
        getTransfer: async () => aTransfer(),
      },
    );
    await userEvent.click(await screen.findByLabelText('cart, Component'));
    await userEvent.click(screen.getByRole('button', { name: /To/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'growth' }),
    );
    const offer = screen.getByRole('button', { name: 'Offer' });
    expect(offer).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Why/), 'They work on it.');
    await userEvent.click(offer);
    await waitFor(() =>
      expect(offerTransfer).toHaveBeenCalledWith({
        entityRefs: ['component:default/orders'],
        to: 'group:default/growth',
        reason: 'They work on it.',
      }),
    );
    expect(await screen.findByText('Growth works on it most.')).toBeVisible();
  });

  it('is accepted by the team that receives it', async () => {
    const acceptTransfer = jest.fn(async () =>
      aTransfer({ state: 'accepted' }),
    );
    renderOwnership(
      { path: '/ownership/transfers/transfer-1' },
      {
        getTransfer: async () =>
          aTransfer({
            to: 'group:default/payments',
            toTitle: 'Payments',
            offeredBy: 'user:default/tomas',
            entities: [
              {
                entityRef: 'component:default/orders',
                title: 'orders',
                from: 'group:default/growth',
              },
            ],
          }),
        acceptTransfer,
      },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Accept' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Accept' }),
    );
    await waitFor(() =>
      expect(acceptTransfer).toHaveBeenCalledWith('transfer-1'),
    );
  });

  it('says what was changed, and that it can be undone', async () => {
    renderOwnership(
      { path: '/ownership/transfers/transfer-1' },
      {
        getTransfer: async () =>
          aTransfer({
            state: 'done',
            touched: ['catalog-info.yaml of orders, by merge request 1'],
            undoUntil: new Date(Date.now() + 86_400_000).toISOString(),
          }),
      },
    );
    expect(
      await screen.findByText(
        'catalog-info.yaml of orders, by merge request 1',
      ),
    ).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeVisible();
  });

  it('offers nothing to whom it does not concern', async () => {
    renderOwnership(
      { path: '/ownership/transfers/transfer-1' },
      {
        getTransfer: async () =>
          aTransfer({
            offeredBy: 'user:default/tomas',
            entities: [{ entityRef: 'component:default/x', title: 'x' }],
          }),
      },
    );
    expect(await screen.findByText('Growth works on it most.')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Accept|Withdraw/ }),
    ).toBeNull();
  });
});
