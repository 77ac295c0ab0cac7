import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoverage, aFinding, anEntity } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

describe('the ownership page', () => {
  it('shows how much is owned, how that went, and what needs an owner', async () => {
    renderOwnership(
      { path: '/ownership' },
      {
        getCoverage: async () => aCoverage(),
        listFindings: async () => ({ items: [aFinding()] }),
      },
    );
    expect(await screen.findByText('99.0 %')).toBeVisible();
    expect(
      screen.getByRole('img', { name: /From 90\.0 % .* to 99\.0 % today/ }),
    ).toBeVisible();
    const orphan = await screen.findByRole('row', { name: /coupons/ });
    expect(within(orphan).getByText('no owner')).toBeVisible();
    expect(
      within(orphan).getByRole('link', { name: 'Offer coupons' }),
    ).toHaveAttribute(
      'href',
      '/ownership/transfers/new?entity=component%3Adefault%2Fcoupons',
    );
  });

  it('finds who owns something, and says where that is known from', async () => {
    const listEntities = jest.fn(async () => ({
      items: [
        anEntity({ source: 'system', inheritedFrom: 'system:default/shop' }),
      ],
    }));
    renderOwnership(
      { path: '/ownership' },
      {
        getCoverage: async () => aCoverage(),
        listFindings: async () => ({ items: [] }),
        listEntities,
      },
    );
    await userEvent.type(await screen.findByLabelText('Who owns …'), 'ord');
    const row = await screen.findByRole('row', { name: /orders/ });
    expect(within(row).getByText('Payments')).toBeVisible();
    expect(within(row).getByText('inherited from its system')).toBeVisible();
    expect(listEntities).toHaveBeenLastCalledWith(
      expect.objectContaining({ q: 'ord' }),
      expect.anything(),
    );
  });

  it('says what to do where nothing is found, and where the backend is away', async () => {
    renderOwnership(
      { path: '/ownership?q=zzz' },
      {
        getCoverage: async () => aCoverage(),
        listEntities: async () => ({ items: [] }),
      },
    );
    expect(await screen.findByText('Nothing matches')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Clear' })).toBeVisible();
  });

  it('offers to try again where the coverage cannot be loaded', async () => {
    renderOwnership(
      { path: '/ownership' },
      {
        getCoverage: async () => {
          throw new Error('The database is away.');
        },
      },
    );
    expect(await screen.findByText("Can't load the coverage")).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
