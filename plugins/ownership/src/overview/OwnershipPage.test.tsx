import type { EntityFilter } from '@slipway/plugin-ownership-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoverage, aFinding, anEntity } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

const listTeams = async () => [
  {
    team: 'group:default/payments',
    title: 'Payments',
    people: 2,
    entities: 1,
    findings: 0,
  },
];

const figure = async (name: string) =>
  within(await screen.findByRole('region', { name }));

describe('the ownership page', () => {
  it('shows how much is owned, how that came, and where the gaps are; current', async () => {
    let coverage = aCoverage();
    const { signals } = renderOwnership('/ownership', {
      listTeams,
      getCoverage: async () => coverage,
      listFindings: async () => ({ items: [aFinding()] }),
    });

    const owned = await figure('Owned by a living team');
    expect(owned.getByText('97.0 %')).toBeVisible();
    expect(owned.getByText('97 of 100 entities')).toBeVisible();
    const orphans = await figure('Without an owner');
    expect(orphans.getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/ownership/work-items?kind=orphan',
    );
    expect(
      screen.getByRole('img', {
        name: /Share of what is owned. From 90.0 % on .* to 97.0 % today/,
      }),
    ).toBeVisible();
    expect(await screen.findByText('coupons')).toBeVisible();
    const growth = within(screen.getByRole('row', { name: /^Growth/ }));
    expect(growth.getByRole('link', { name: '2' })).toHaveAttribute(
      'href',
      '/ownership/work-items?kind=conflict&who=group%3Adefault%2Fgrowth',
    );
    const nobody = within(screen.getByRole('row', { name: /^Nobody/ }));
    expect(nobody.getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/ownership/work-items?kind=orphan&who=none',
    );

    coverage = aCoverage({ owned: 100 });
    signals.send({ type: 'changed' });
    expect(await screen.findByText('100.0 %')).toBeVisible();
  });

  it('tells who owns what a name says, and where that is known from', async () => {
    const user = userEvent.setup();
    const listEntities = jest.fn(async ({ q }: EntityFilter) => ({
      items:
        q === 'ord'
          ? [
              anEntity({
                source: 'system',
                inheritedFrom: 'system:default/shop',
              }),
            ]
          : [],
    }));
    renderOwnership('/ownership', {
      listTeams,
      listEntities,
      getCoverage: async () => aCoverage(),
      listFindings: async () => ({ items: [] }),
    });

    const search = await screen.findByRole('searchbox', { name: 'Who owns …' });
    await user.type(search, 'ord');
    const row = within(await screen.findByRole('row', { name: /^orders/ }));
    expect(row.getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/ownership/teams/default/payments',
    );
    expect(row.getByText('inherited from its system')).toBeVisible();

    await user.type(search, 'xyz');
    expect(await screen.findByText('Nothing matches')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByText('97 of 100 entities')).toBeVisible();
  });

  it('lists entities by owner, kind and finding', async () => {
    const user = userEvent.setup();
    const listEntities = jest.fn(async () => ({ items: [anEntity()] }));
    renderOwnership('/ownership?kind=Component&finding=stale', {
      listTeams,
      listEntities,
    });

    await user.click(await screen.findByRole('button', { name: /Owner/ }));
    await user.click(await screen.findByRole('option', { name: 'Payments' }));
    expect(await screen.findByRole('row', { name: /^orders/ })).toBeVisible();
    expect(listEntities).toHaveBeenLastCalledWith(
      expect.objectContaining({
        kind: 'Component',
        finding: 'stale',
        owner: 'group:default/payments',
      }),
      expect.anything(),
    );
  });

  it('says that all is well where it is, and that the plot has only begun', async () => {
    const none = { orphan: 0, stale: 0, 'single-point': 0, conflict: 0 };
    renderOwnership('/ownership', {
      listTeams,
      getCoverage: async () => ({
        entities: 0,
        owned: 0,
        findings: none,
        trend: [],
        gaps: [],
      }),
      listFindings: async () => ({ items: [] }),
    });

    expect(await screen.findByText('Everything has an owner')).toBeVisible();
    expect(screen.getByText('No team has a gap')).toBeVisible();
    expect(screen.getByText(/The plot begins tomorrow/)).toBeVisible();
  });

  it('says why it cannot load', async () => {
    renderOwnership('/ownership', {
      listTeams,
      getCoverage: async () => {
        throw new Error('The database is away');
      },
    });

    expect(await screen.findByText("Can't load the coverage")).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
  });
});
