import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import { platformApiRef } from '@slipway/plugin-platform';
import type {
  PlatformApi,
  PlatformSignal,
  Run,
  ServiceSummary,
} from '@slipway/plugin-platform-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { buildRun } from './__fixtures__/run';
import { HomePage } from './HomePage';

const ORDERS: ServiceSummary = {
  service: 'orders',
  description: 'Takes and tracks orders',
  owner: 'group:default/payments',
  environments: [
    {
      environment: 'dev',
      health: 'healthy',
      release: { number: 42, sha: 'a41f9c2d00' },
      url: 'http://orders-dev.localhost:7080',
    },
    { environment: 'staging', health: 'unknown' },
  ],
  latestPipeline: { id: 'p1', runId: 'run-9', state: 'failed' },
};

const TEMPLATE = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'nodejs-service',
    namespace: 'default',
    title: 'Node.js service',
    description: 'An HTTP service',
  },
  spec: { type: 'service', steps: [] },
};

describe('HomePage', () => {
  const listServices = jest.fn<Promise<ServiceSummary[]>, []>();
  const listRuns = jest.fn<
    Promise<{ items: Run[] }>,
    Parameters<PlatformApi['listRuns']>
  >();
  let signal: (message: PlatformSignal) => void;

  beforeEach(() => jest.resetAllMocks());

  function open(entities: (typeof TEMPLATE)[] = []) {
    const signalApi = {
      subscribe(_channel: string, onMessage: typeof signal) {
        const previous = signal;
        signal = message => {
          previous?.(message);
          onMessage(message);
        };
        return { unsubscribe: () => {} };
      },
    } as unknown as SignalApi;
    const identityApi = mockApis.identity({
      userEntityRef: 'user:default/mara',
      ownershipEntityRefs: ['user:default/mara', 'group:default/payments'],
      displayName: 'Mara Lindqvist',
    });
    const platformApi = { listServices, listRuns } as unknown as PlatformApi;
    renderInTestApp(
      <TestApiProvider
        apis={[
          [platformApiRef, platformApi],
          [identityApiRef, identityApi],
          [catalogApiRef, catalogApiMock({ entities })],
          [signalApiRef, signalApi],
        ]}
      >
        <HomePage />
      </TestApiProvider>,
    );
  }

  const panel = (name: string) => screen.findByRole('region', { name });

  it('shows that it is loading', async () => {
    listServices.mockReturnValue(new Promise(() => {}));
    listRuns.mockReturnValue(new Promise(() => {}));
    open();

    expect(
      await screen.findByRole('heading', { name: /Good .+, Mara/ }),
    ).toBeInTheDocument();
    const services = await panel('My services');
    expect(
      within(services).getByRole('status', { name: 'Loading' }),
    ).toBeInTheDocument();
  });

  it('says what to do while there is nothing, and invents no figures', async () => {
    listServices.mockResolvedValue([]);
    listRuns.mockResolvedValue({ items: [] });
    open();

    expect(
      await screen.findByRole('link', { name: 'Create the first one' }),
    ).toHaveAttribute('href', '/create');
    expect(
      await screen.findByText(/Nothing has run for you yet/),
    ).toBeVisible();
    expect(await screen.findByText('you own no services yet')).toBeVisible();
    expect(
      await screen.findByText('nothing deployed in 30 days'),
    ).toBeVisible();
    expect(screen.queryByText(/%/)).not.toBeInTheDocument();
  });

  it('says what could not be loaded, and loads it again', async () => {
    listServices.mockRejectedValueOnce(new Error('The database is away.'));
    listRuns.mockResolvedValue({ items: [] });
    open();

    const services = await panel('My services');
    expect(await within(services).findByRole('alert')).toHaveTextContent(
      'The database is away.',
    );
    listServices.mockResolvedValue([ORDERS]);
    await userEvent.click(
      within(services).getByRole('button', { name: 'Try again' }),
    );

    expect(
      await within(services).findByRole('link', { name: 'orders' }),
    ).toBeInTheDocument();
    expect(within(services).queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows my services, my runs and what I can start', async () => {
    const steps = ['succeeded', 'running', 'pending'].map((state, index) => ({
      id: String(index),
      title: state,
      dependsOn: [],
      attempt: 1,
      state: state as 'running',
    }));
    const now = Date.now();
    const today = {
      createdAt: new Date(now - 4000).toISOString(),
      endedAt: new Date(now).toISOString(),
    };
    listServices.mockResolvedValue([ORDERS]);
    listRuns.mockResolvedValue({
      items: [
        buildRun({
          id: 'live',
          title: 'Deploy v43',
          state: 'running',
          steps,
          endedAt: undefined,
        }),
        buildRun({ id: 'done', title: 'Deploy v42', ...today }),
        buildRun({ id: 'bad', title: 'Deploy v41', state: 'failed', ...today }),
      ],
    });
    open([TEMPLATE]);

    const services = await panel('My services');
    expect(
      await within(services).findByRole('link', { name: 'orders' }),
    ).toHaveAttribute('href', '/catalog/default/component/orders');
    expect(
      within(services).getByRole('link', { name: 'v42 a41f9c2' }),
    ).toHaveAttribute('href', 'http://orders-dev.localhost:7080');
    expect(
      within(services).getByRole('img', { name: 'healthy' }),
    ).toBeVisible();
    expect(
      within(services).getByRole('link', { name: 'failed' }),
    ).toHaveAttribute('href', '/runs/run-9');

    const runs = await panel('My runs');
    expect(await within(runs).findByText('step 2 of 3')).toBeVisible();
    expect(within(runs).getByRole('progressbar')).toHaveAttribute(
      'aria-valuenow',
      '1',
    );
    expect(
      within(runs).getByRole('link', { name: 'Deploy v42' }),
    ).toHaveAttribute('href', '/runs/done');
    expect(listRuns.mock.calls.map(([filter]) => filter)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ requestedBy: 'user:default/mara' }),
        expect.objectContaining({
          owner: ['user:default/mara', 'group:default/payments'],
        }),
      ]),
    );

    expect(screen.getByText('1 of 1')).toBeVisible();
    expect(screen.getByText('50 %')).toBeVisible();
    expect(screen.getAllByText('4.0 s').length).toBeGreaterThan(0);

    const start = await panel('Start something');
    expect(
      await within(start).findByRole('link', { name: 'Node.js service' }),
    ).toHaveAttribute('href', '/create/templates/default/nodejs-service');
  });

  it('follows what happens without a reload', async () => {
    listServices.mockResolvedValue([]);
    listRuns.mockResolvedValue({ items: [] });
    open();
    await screen.findByText(/Nothing has run for you yet/);

    listRuns.mockResolvedValue({
      items: [buildRun({ id: 'new', title: 'Deploy v43' })],
    });
    act(() =>
      signal({ type: 'run', runId: 'new', kind: 'deploy', state: 'queued' }),
    );

    expect(
      await screen.findByRole('link', { name: 'Deploy v43' }),
    ).toBeInTheDocument();
  });
});
