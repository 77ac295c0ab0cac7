import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type {
  Approval,
  LedgerRow,
  PlatformApi,
  PlatformSignal,
  Run,
  ServiceSummary,
  WaitLedger,
} from '@slipway/plugin-platform-common';
import {
  act,
  screen,
  waitForElementToBeRemoved,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { platformApiRef } from '@slipway/plugin-platform-react';
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

const WAITING: Approval = {
  id: 'wait-1',
  state: 'open',
  reason: 'Production is protected.',
  approvers: ['group:default/payments'],
  approversText: 'a second person of payments',
  quorum: 1,
  votes: [],
  createdAt: '2026-11-23T12:00:00Z',
  run: {
    id: 'run-7',
    kind: 'deploy',
    title: 'Deploy orders v42 to prod',
    state: 'waiting',
    requestedBy: 'user:default/idris',
    owner: 'group:default/payments',
  },
  mayDecide: true,
};

const NONE = { people: 0, queue: 0, machines: 0, work: 0 };

function aLedger(all: Partial<LedgerRow> = {}): WaitLedger {
  return {
    days: 30,
    all: { runs: 0, withoutPeople: 0, total: NONE, median: NONE, ...all },
    groupedBy: 'owner',
    groups: [],
  };
}

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
  const listApprovals = jest.fn<Promise<{ items: Approval[] }>, []>();
  const getWaitLedger = jest.fn<
    Promise<WaitLedger>,
    Parameters<PlatformApi['getWaitLedger']>
  >();
  let signal: (message: PlatformSignal) => void;

  beforeEach(() => {
    jest.resetAllMocks();
    listApprovals.mockResolvedValue({ items: [] });
    getWaitLedger.mockResolvedValue(aLedger());
  });

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
    const platformApi = {
      listServices,
      listRuns,
      listApprovals,
      getWaitLedger,
    } as unknown as PlatformApi;
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
      undoable: false,
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
    open([
      TEMPLATE,
      {
        ...TEMPLATE,
        metadata: { ...TEMPLATE.metadata, name: 'bye', title: 'Remove it' },
        spec: { type: 'removal', steps: [] },
      },
    ]);

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
    expect(screen.getAllByText('4.0 s').length).toBeGreaterThan(0);

    const start = await panel('Start something');
    expect(
      await within(start).findByRole('link', { name: 'Node.js service' }),
    ).toHaveAttribute('href', '/create/templates/default/nodejs-service');
    expect(within(start).queryByText('Remove it')).not.toBeInTheDocument();
  });

  it('shows what waits for me and where the time went', async () => {
    listServices.mockResolvedValue([]);
    listRuns.mockResolvedValue({ items: [] });
    listApprovals.mockResolvedValue({ items: [WAITING] });
    getWaitLedger.mockResolvedValue(
      aLedger({
        runs: 212,
        withoutPeople: 200,
        total: { people: 7_200_000, queue: 1_000, machines: 0, work: 600_000 },
        median: { people: 0, queue: 100, machines: 0, work: 4_100 },
      }),
    );
    open();

    const waiting = await panel('Waiting for you');
    expect(
      within(waiting).getByRole('link', { name: 'Deploy orders v42 to prod' }),
    ).toHaveAttribute('href', '/approvals/wait-1');
    expect(await within(waiting).findByText('idris')).toBeVisible();
    expect(
      within(waiting).getByRole('link', { name: /^Review/ }),
    ).toHaveAttribute('href', '/approvals/wait-1');

    expect(await screen.findByText('94 %')).toBeVisible();
    expect(screen.getByText('of 212 runs in 30 days')).toBeVisible();
    const time = await panel('Where the time went');
    expect(
      within(time).getByRole('img', {
        name: 'waited for people 2 h, in the queue 1.0 s, waited for machines 0 s, worked 10 min',
      }),
    ).toBeVisible();
    expect(within(time).getByText('4.1 s')).toBeVisible();
    expect(getWaitLedger).toHaveBeenCalledWith({
      days: 30,
      owner: ['user:default/mara', 'group:default/payments'],
    });

    listApprovals.mockResolvedValue({ items: [] });
    act(() =>
      signal({
        type: 'approval',
        approvalId: 'wait-1',
        runId: 'run-7',
        state: 'resumed',
      }),
    );
    await waitForElementToBeRemoved(() =>
      screen.queryByRole('region', { name: 'Waiting for you' }),
    );
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
