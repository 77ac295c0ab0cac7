import { screen } from '@testing-library/react';
import { anEntity, aTeam } from '../__testUtils__/ownership';
import { renderOwnership } from '../__testUtils__/renderOwnership';

describe('teams', () => {
  it('lists them with how much each has', async () => {
    renderOwnership(
      { path: '/ownership/teams' },
      {
        listTeams: async () => [
          {
            team: 'group:default/payments',
            title: 'Payments',
            people: 2,
            entities: 5,
            findings: 1,
          },
        ],
      },
    );
    const row = await screen.findByRole('row', { name: /Payments/ });
    expect(row).toHaveTextContent('Payments251');
  });

  it('shows people, what they own, who is on call, and what waits', async () => {
    renderOwnership(
      { path: '/ownership/teams/default/payments' },
      {
        getTeam: async () =>
          aTeam({
            onCall: [
              {
                rotation: 'payments',
                now: { person: 'user:default/idris', title: 'Idris' },
              },
            ],
          }),
        listEntities: async () => ({
          items: [anEntity({ findings: ['single-point'] })],
        }),
        platform: {
          listServices: async () => [],
          listRuns: async () => ({ items: [] }),
          listApprovals: async () => ({ items: [] }),
        },
      },
    );
    expect(
      await screen.findByRole('row', { name: /orders.*one person/ }),
    ).toBeVisible();
    expect(screen.getByText('mara@example.com')).toBeVisible();
    expect(screen.getByText('Idris')).toBeVisible();
    expect(await screen.findByText('No runs yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'payments' })).toHaveAttribute(
      'href',
      '/ownership/on-call/payments',
    );
  });

  it('says what happens to what a team without people owns', async () => {
    renderOwnership(
      { path: '/ownership/teams/default/payments' },
      {
        getTeam: async () => aTeam({ people: [] }),
        listEntities: async () => ({ items: [] }),
        platform: {
          listServices: async () => [],
          listRuns: async () => ({ items: [] }),
          listApprovals: async () => ({ items: [] }),
        },
      },
    );
    expect(await screen.findByText('Nobody is in this team')).toBeVisible();
  });
});
