import type { PlatformApi } from '@slipway/plugin-platform-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOverview, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';
import { aResource } from '../__testUtils__/resources';

function openInfrastructure(platformApi: Partial<PlatformApi>) {
  return renderPlatform(
    { tab: 'infrastructure' },
    { getService: async () => anOverview(), ...platformApi },
  );
}

describe('the infrastructure of a service', () => {
  it('draws what it uses in each environment, and lists how that stands', async () => {
    const listResources = jest.fn(async () => ({
      items: [
        aResource({
          connections: [
            { service: 'orders', alias: 'db' },
            { service: 'invoices', alias: 'main' },
          ],
        }),
        aResource({
          id: 'resource-2',
          name: 'orders-cache',
          type: 'redis',
          connections: [],
          drift: { since: secondsAgo(60), missing: false, fields: [] },
        }),
        aResource({ id: 'resource-3', name: 'old', environment: 'attic' }),
      ],
    }));
    openInfrastructure({ listResources });

    const graph = await screen.findByRole('list', {
      name: 'What orders uses, by environment',
    });
    expect(await within(graph).findByText('Development')).toBeVisible();
    const [inDev, inStaging, inAttic] = [...graph.children].map(lane =>
      within(lane as HTMLElement),
    );
    expect(inDev.getByText('v3', { exact: false })).toBeVisible();
    const [database, cache] = inDev.getAllByRole('listitem');
    expect(database).toHaveTextContent(/^db/);
    expect(database).toHaveTextContent('also used by invoices');
    expect(
      within(database).getByRole('link', { name: 'orders-db' }),
    ).toHaveAttribute('href', '/resources/resource-1');
    expect(cache).toHaveTextContent('not connected');
    expect(cache).toHaveTextContent('drifted');
    expect(inStaging.getByText('uses nothing here')).toBeVisible();
    expect(inAttic.getByRole('link', { name: 'old' })).toBeVisible();
    expect(inAttic.getByText('not deployed')).toBeVisible();

    const table = screen.getByRole('table', { name: 'Resources' });
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    expect(listResources).toHaveBeenCalledWith(
      expect.objectContaining({ service: 'orders' }),
      expect.anything(),
    );
  });

  it('reaches everything in it by keyboard, in the order of the environments', async () => {
    const user = userEvent.setup();
    openInfrastructure({
      listResources: async () => ({ items: [aResource()] }),
    });
    const graph = await screen.findByRole('list', {
      name: 'What orders uses, by environment',
    });
    await within(graph).findByText('Development');
    const names: string[] = [];
    for (let press = 0; press < 20 && names.length < 2; press += 1) {
      await user.tab();
      if (graph.contains(document.activeElement)) {
        names.push(document.activeElement?.textContent ?? '');
      }
    }
    expect(names).toContain('orders-db');
  });

  it('says what to do where it uses nothing', async () => {
    openInfrastructure({ listResources: async () => ({ items: [] }) });
    expect(await screen.findByText('orders uses no resources')).toBeVisible();
    expect(screen.queryByRole('table')).toBeNull();
  });
});
