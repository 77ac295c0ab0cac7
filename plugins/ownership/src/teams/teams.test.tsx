import type { ServiceSummary } from '@slipway/plugin-platform-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aFinding, anEntity, aTeam } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

const payments = {
  team: 'group:default/payments',
  title: 'Payments',
  description: 'Takes the money',
  parent: 'group:default/commerce',
  people: 2,
  entities: 7,
  findings: 1,
};

const orders: ServiceSummary = {
  service: 'orders',
  description: 'Takes orders',
  owner: 'group:default/payments',
  environments: [
    {
      environment: 'dev',
      health: 'healthy',
      release: { number: 4, sha: 'a'.repeat(40) },
    },
    { environment: 'prod', health: 'stopped' },
  ],
};

const quietPlatform = {
  listServices: async () => [],
  listRuns: async () => ({ items: [] }),
  listApprovals: async () => ({ items: [] }),
};

const panel = async (name: string) =>
  within(await screen.findByRole('article', { name }));

describe('the teams page', () => {
  it('lists the teams and finds one by its name', async () => {
    const user = userEvent.setup();
    renderOwnership('/ownership/teams', {
      listTeams: async q => (q === 'zzz' ? [] : [payments]),
    });

    const row = within(await screen.findByRole('row', { name: /^Payments/ }));
    expect(row.getByRole('link', { name: 'Payments' })).toHaveAttribute(
      'href',
      '/ownership/teams/default/payments',
    );
    expect(row.getByText('7')).toBeVisible();
    await user.type(screen.getByRole('searchbox', { name: 'Team' }), 'zzz');
    expect(await screen.findByText('No team matches')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByRole('row', { name: /^Payments/ })).toBeVisible();
  });

  it('says that there are none, or why it cannot load them', async () => {
    const user = userEvent.setup();
    const listTeams = jest
      .fn()
      .mockRejectedValueOnce(new Error('The database is away'))
      .mockResolvedValue([]);
    renderOwnership('/ownership/teams', { listTeams });

    expect(await screen.findByText("Can't load the teams")).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No teams yet')).toBeVisible();
  });
});

describe('the page of a team', () => {
  const path = '/ownership/teams/default/payments';

  it('shows its people, place, what it owns and how that does, and who is on call', async () => {
    const listServices = jest.fn(async () => [orders]);
    renderOwnership(
      path,
      {
        getTeam: async () => aTeam(),
        listEntities: async () => ({ items: [anEntity()] }),
      },
      { ...quietPlatform, listServices },
    );

    expect(
      await screen.findByRole('heading', { name: 'Payments' }),
    ).toBeVisible();
    expect(screen.getByText('Takes the money')).toBeVisible();
    expect((await panel('Owns')).getByText('2 Component')).toBeVisible();
    const people = await panel('People');
    expect(people.getByText('Mara Lindqvist')).toBeVisible();
    expect(
      people.getByRole('link', { name: 'mara@example.com' }),
    ).toBeVisible();
    const onCall = await panel('On call');
    expect(onCall.getByText('Idris Bello')).toBeVisible();
    expect(onCall.getByText(/next Mara Lindqvist/)).toBeVisible();
    const place = await panel('Part of');
    expect(place.getByRole('link', { name: 'Commerce' })).toBeVisible();
    expect(place.getByRole('link', { name: 'Refunds' })).toBeVisible();
    const services = await panel('Services');
    expect(services.getByText('dev v4')).toBeVisible();
    expect(services.getByText('healthy')).toBeVisible();
    expect(services.queryByText(/prod/)).toBeNull();
    expect(listServices).toHaveBeenCalledWith(
      { owner: ['group:default/payments'] },
      expect.anything(),
    );
  });

  it('shows what is wrong, and leads to the rest of it', async () => {
    const finding = aFinding({
      kind: 'stale',
      owner: 'group:default/payments',
      suggestion: undefined,
    });
    renderOwnership(
      path,
      {
        getTeam: async () =>
          aTeam({ findings: { items: [finding], nextCursor: 'next' } }),
        listEntities: async () => ({ items: [] }),
      },
      quietPlatform,
    );

    const items = await panel('Work items');
    expect(items.getByText('coupons')).toBeVisible();
    expect(items.getByText('stale')).toBeVisible();
    expect(items.getByRole('link', { name: 'All work items' })).toHaveAttribute(
      'href',
      '/ownership/work-items?who=group%3Adefault%2Fpayments',
    );
  });

  it('says what is missing in a team that has nothing', async () => {
    renderOwnership(
      path,
      {
        getTeam: async () =>
          aTeam({ people: [], parents: [], children: [], onCall: [] }),
        listEntities: async () => ({ items: [] }),
      },
      quietPlatform,
    );

    expect(await screen.findByText('Nobody is in this team')).toBeVisible();
    expect(screen.getByText('Nobody is named')).toBeVisible();
    expect(await screen.findByText('This team owns nothing yet')).toBeVisible();
    expect(await screen.findByText('No runs yet')).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'Services' })).toBeNull();
  });

  it('says why it cannot load a team', async () => {
    renderOwnership(path, {
      getTeam: async () => {
        throw new Error('There is no group:default/payments');
      },
    });

    expect(await screen.findByText("Can't load the team")).toBeVisible();
    expect(
      screen.getByText('There is no group:default/payments'),
    ).toBeVisible();
  });
});
