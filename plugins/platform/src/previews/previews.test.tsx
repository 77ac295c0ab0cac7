import type { PlatformApi, Preview } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aCommit,
  aDeployment,
  aRelease,
  aRun,
  dev,
  secondsAgo,
} from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

function aPreview(preview: Partial<Preview> = {}): Preview {
  return {
    id: 'preview-1',
    environment: 'devpreview7',
    base: 'dev',
    service: 'orders',
    owner: 'group:default/payments',
    branch: 'faster',
    mergeRequest: 3,
    state: 'active',
    requestedBy: 'user:default/mara',
    createdAt: secondsAgo(60),
    expiresAt: secondsAgo(-3 * 24 * 60 * 60),
    serving: aDeployment(aRelease(4, 'Make it faster'), {
      environment: 'devpreview7',
      url: 'http://orders-devpreview7.localhost',
    }),
    ...preview,
  };
}

function open(previews: Preview[], api: Partial<PlatformApi> = {}) {
  const listPreviews = jest.fn(async () => previews);
  renderPlatform(
    { path: '/environments' },
    {
      listServices: async () => [],
      getEnvironments: async () => ({
        environments: [dev],
        definitions: [],
        freezes: [],
        pending: [],
        problems: [],
        readAt: secondsAgo(1),
      }),
      listResources: async () => ({ items: [] }),
      listPreviews,
      ...api,
    },
  );
  return listPreviews;
}

describe('the previews of all services', () => {
  it('lead to where they are, and are extended and removed by who owns them', async () => {
    const user = userEvent.setup();
    const extendPreview = jest.fn(async () => aPreview());
    const removePreview = jest.fn(async () => aRun({ title: 'Remove it' }));
    open([aPreview()], { extendPreview, removePreview });
    const link = await screen.findByRole('link', { name: 'Open the preview' });
    expect(link).toHaveAttribute('href', 'http://orders-devpreview7.localhost');
    expect(screen.getByRole('link', { name: '!3' })).toHaveAttribute(
      'href',
      '/repositories/orders/merge-requests/3',
    );
    expect(screen.getByText(/ends/)).toHaveTextContent('ends in 3 d');
    await user.click(
      await screen.findByRole('button', { name: /^Extend the preview/ }),
    );
    expect(extendPreview).toHaveBeenCalledWith('preview-1');
    await user.click(
      screen.getByRole('button', { name: /^Remove the preview/ }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Remove it' }));
    await waitFor(() =>
      expect(removePreview).toHaveBeenCalledWith('preview-1'),
    );
  });

  it('say what they wait for, what failed, and why they go', async () => {
    open([
      aPreview({ id: 'a', serving: undefined, owner: 'group:default/growth' }),
      aPreview({
        id: 'b',
        latest: aDeployment(aRelease(5, 'Break it'), {
          state: 'failed',
          failure: { message: 'It never became ready.' },
        }),
      }),
      aPreview({ id: 'c', state: 'removing', reason: 'Its time is over.' }),
    ]);
    expect(await screen.findByText('waits for a green pipeline')).toBeVisible();
    expect(screen.getByText('It never became ready.')).toBeVisible();
    expect(screen.getByText(/Its time is over/)).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getAllByRole('button', { name: /^Remove the preview/ }),
      ).toHaveLength(1),
    );
  });

  it('say how one comes to be where there are none', async () => {
    open([]);
    expect(await screen.findByText('No previews')).toBeVisible();
  });
});

describe('the previews of a service', () => {
  it('are started for a branch', async () => {
    const user = userEvent.setup();
    const startPreview = jest.fn(async () => aPreview());
    renderPlatform(
      { tab: 'delivery' },
      {
        getService: async () => ({
          service: 'orders',
          owner: 'group:default/payments',
          environments: [],
          activeRuns: [],
        }),
        listDeployments: async () => [],
        listHolds: async () => [],
        listPreviews: async () => [],
        listBranches: async () => [
          { name: 'main', isDefault: true, head: aCommit(1, 'Begin') },
          { name: 'faster', isDefault: false, head: aCommit(2, 'Faster') },
        ],
        startPreview,
      },
    );
    await user.click(
      await screen.findByRole('button', { name: 'Start a preview' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await dialog.findByText('Branch');
    await user.click(dialog.getByRole('button', { name: 'Start it' }));
    await waitFor(() =>
      expect(startPreview).toHaveBeenCalledWith({
        service: 'orders',
        branch: 'faster',
      }),
    );
  });
});
