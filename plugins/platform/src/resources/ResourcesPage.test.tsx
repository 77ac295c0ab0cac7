import type { PlatformApi } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { dev, prod, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';
import { aResource, aResourceType } from '../__testUtils__/resources';

function openResources(
  path: string,
  listResources: PlatformApi['listResources'],
) {
  return renderPlatform(
    { path },
    {
      listResources,
      listResourceTypes: async () => [aResourceType()],
      listEnvironments: async () => [dev, prod],
    },
  );
}

async function rowOf(name: string): Promise<HTMLElement> {
  return screen.findByRole('row', { name: new RegExp(`^${name}`) });
}

describe('the resources', () => {
  it('shows those of my teams that exist: what, where, whose, who uses them, and how they stand', async () => {
    const listResources = jest.fn(async () => ({
      items: [
        aResource({ expiresAt: secondsAgo(-86_400 * 6) }),
        aResource({
          id: 'resource-2',
          name: 'cache',
          type: 'redis',
          state: 'failed',
          failure: { message: 'The server did not answer.' },
          connections: [],
          drift: { since: secondsAgo(60), missing: true, fields: [] },
        }),
      ],
    }));
    openResources('/resources', listResources);

    const row = await rowOf('orders-db');
    expect(
      within(row).getByRole('link', { name: 'orders-db' }),
    ).toHaveAttribute('href', '/resources/resource-1');
    expect(row).toHaveTextContent('postgres small');
    expect(row).toHaveTextContent('payments');
    expect(row).toHaveTextContent('orders');
    expect(row).toHaveTextContent('ready');
    expect(row).toHaveTextContent('in 6 d');
    const failed = await rowOf('cache');
    expect(failed).toHaveTextContent('The server did not answer.');
    expect(failed).toHaveTextContent('failed');
    expect(failed).toHaveTextContent('missing');
    expect(failed).toHaveTextContent('never');
    expect(listResources).toHaveBeenCalledWith(
      expect.objectContaining({
        owner: ['user:default/mara', 'group:default/payments'],
        state: expect.not.arrayContaining(['destroyed']),
        drifted: undefined,
      }),
      expect.anything(),
    );
  });

  it('asks for what its address says, and keeps there what is chosen', async () => {
    const user = userEvent.setup();
    const listResources = jest.fn<
      ReturnType<PlatformApi['listResources']>,
      Parameters<PlatformApi['listResources']>
    >(async () => ({ items: [] }));
    openResources(
      '/resources?who=all&environment=dev&needs=expiring&state=failed',
      listResources,
    );

    await waitFor(() => expect(listResources).toHaveBeenCalled());
    const [asked] = listResources.mock.calls[0];
    expect(asked).toMatchObject({ environment: 'dev', state: ['failed'] });
    expect(asked.owner).toBeUndefined();
    const left = Date.parse(asked.expiresBefore ?? '') - Date.now();
    expect(left / 86_400_000).toBeCloseTo(7, 1);

    await user.type(screen.getByRole('searchbox', { name: 'Name' }), 'ord');
    await waitFor(() =>
      expect(listResources).toHaveBeenLastCalledWith(
        expect.objectContaining({ search: 'ord', environment: 'dev' }),
        expect.anything(),
      ),
    );
    await user.click(screen.getByRole('button', { name: /Needs/ }));
    await user.click(await screen.findByRole('option', { name: 'Drifted' }));
    await waitFor(() =>
      expect(listResources).toHaveBeenLastCalledWith(
        expect.objectContaining({ drifted: true, search: 'ord' }),
        expect.anything(),
      ),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Show all of my teams' }),
    );
    expect(
      await screen.findByText('Your teams have no resources yet'),
    ).toBeVisible();
    expect(screen.getByRole('searchbox', { name: 'Name' })).toHaveValue('');
  });

  it('loads more, and follows what happens', async () => {
    let items = [aResource()];
    const { signals } = openResources('/resources', async ({ cursor }) =>
      cursor
        ? { items: [aResource({ id: 'resource-9', name: 'last' })] }
        : { items, nextCursor: 'more' },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show more' }),
    );
    expect(await screen.findByRole('link', { name: 'last' })).toBeVisible();

    items = [aResource({ state: 'changing' })];
    signals.send({
      type: 'resource',
      resourceId: 'resource-1',
      environment: 'dev',
      state: 'changing',
    });
    expect(await screen.findByText('changing')).toBeVisible();
    expect(screen.getByRole('link', { name: 'last' })).toBeVisible();
  });

  it('leads to Create where there is nothing, and offers to try again where it can not tell', async () => {
    const listResources = jest
      .fn()
      .mockRejectedValueOnce(new Error('The platform is starting.'))
      .mockResolvedValue({ items: [] });
    openResources('/resources', listResources);
    expect(await screen.findByText('The platform is starting.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Create the first one' }),
    ).toHaveAttribute('href', '/create');
  });
});
