import type { DependencyGraph } from '@slipway/plugin-ownership-common';
import { screen, within } from '@testing-library/react';
import { renderOwnership } from '../__testUtils__/renderOwnership';
import { columnsOf } from './columnsOf';

const refOf = (name: string) => `component:default/${name}`;

const graph: DependencyGraph = {
  entityRef: refOf('orders'),
  nodes: ['orders', 'web', 'stock', 'cache'].map(title => ({
    entityRef: refOf(title),
    kind: 'Component',
    title,
  })),
  edges: [
    { from: refOf('web'), to: refOf('orders'), origins: ['seen'] },
    { from: refOf('orders'), to: refOf('stock'), origins: ['declared'] },
    { from: refOf('stock'), to: refOf('cache'), origins: ['provisioned'] },
    { from: refOf('cache'), to: refOf('orders'), origins: ['declared'] },
  ],
  truncated: false,
};

describe('dependencies', () => {
  it('puts what needs it at the left and what it needs at the right, also in a circle', () => {
    expect(
      columnsOf(graph).map(({ node, column }) => [node.title, column]),
    ).toEqual([
      ['orders', 0],
      ['web', -1],
      ['stock', 1],
      ['cache', 2],
    ]);
  });

  it('says in words what the drawing shows, and who would notice an outage', async () => {
    renderOwnership(
      { tab: 'dependencies' },
      {
        getDependencies: async () => graph,
        getBlastRadius: async () => ({
          entityRef: refOf('orders'),
          layers: [
            {
              distance: 1,
              entities: [{ entityRef: refOf('web'), title: 'web' }],
            },
          ],
          teams: [
            {
              team: 'group:default/growth',
              title: 'Growth',
              entities: 1,
              distance: 1,
              onCall: [
                { now: { person: 'user:default/tomas', title: 'Tomas' } },
              ],
            },
          ],
          total: 1,
          truncated: false,
        }),
      },
    );
    const table = await screen.findByRole('table', { name: 'Dependencies' });
    const seen = within(table).getByRole('row', { name: /web/ });
    expect(seen).toHaveTextContent('seen in traffic not declared');
    const teams = await screen.findByRole('table', { name: 'Teams affected' });
    expect(
      within(teams).getByRole('row', { name: /Growth/ }),
    ).toHaveTextContent('Tomas');
    expect(screen.getByText('1 affected')).toBeVisible();
  });
});
