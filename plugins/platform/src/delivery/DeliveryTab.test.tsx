import type { PlatformApi } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDeployment,
  aHold,
  anOverview,
  aPlan,
  aRelease,
  aRun,
  aWait,
  dev,
  prod,
  secondsAgo,
} from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

const v1 = aRelease(1, 'First commit');
const v2 = aRelease(2, 'Take orders');
const v3 = aRelease(3, 'Validate the currency');
const v4 = aRelease(4, 'Count orders');

const history = [
  aDeployment(v3),
  aDeployment(v2, { environment: 'staging' }),
  aDeployment(v2, { state: 'superseded' }),
  aDeployment(v1, { state: 'superseded' }),
];

function openDelivery(platformApi: Partial<PlatformApi>) {
  return renderPlatform(
    { tab: 'delivery' },
    {
      getService: async () => anOverview(),
      listDeployments: async () => history,
      listPreviews: async () => [],
      listFacts: async () => [],
      listHolds: async () => [],
      planRun: async () => aPlan(),
      ...platformApi,
    },
  );
}

async function card(name: string) {
  return within(await screen.findByRole('article', { name }));
}

describe('the delivery tab', () => {
  it('shows what serves where, and rolls back to an earlier release once that is confirmed', async () => {
    const user = userEvent.setup();
    const deploy = jest.fn(async () => aRun());
    openDelivery({ deploy });

    const development = await card('Development');
    expect(await development.findByText('v3')).toBeVisible();
    expect(development.getByText('healthy')).toBeVisible();
    expect(
      development.getByRole('link', { name: 'Open orders in Development' }),
    ).toHaveAttribute('href', 'http://orders-dev.localhost:7080');
    const staging = await card('Staging');
    expect(staging.getByText('1 release behind the newest')).toBeVisible();
    expect(
      staging.queryByRole('button', { name: 'Roll back Staging' }),
    ).toBeNull();

    await user.click(
      await development.findByRole('button', { name: 'Roll back Development' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/v3 goes on serving/)).toBeVisible();
    expect(deploy).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Roll back to v2' }));

    expect(deploy).toHaveBeenCalledWith({
      service: 'orders',
      environment: 'dev',
      releaseId: 'release-2',
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('offers nothing to open of a worker, and says why', async () => {
    const [inDev] = anOverview().environments;
    openDelivery({
      getService: async () =>
        anOverview({
          environments: [
            {
              ...inDev,
              status: { health: 'healthy', kind: 'worker', restarts: 0 },
            },
          ],
        }),
    });

    const development = await card('Development');
    expect(await development.findByText(/it takes no requests/)).toBeVisible();
    expect(development.queryByRole('link', { name: /^Open/ })).toBeNull();
  });

  it('says when a job runs, and what became of its last run', async () => {
    const [inDev, inStaging] = anOverview().environments;
    const run = {
      releaseId: 'release-3',
      dueAt: secondsAgo(240),
      startedAt: secondsAgo(240),
    };
    const job = {
      schedule: '*/5 * * * *',
      timeZone: 'Europe/Berlin',
      timeLimitMs: 60_000,
      nextAt: secondsAgo(-180),
    };
    openDelivery({
      getService: async () =>
        anOverview({
          environments: [
            {
              ...inDev,
              status: {
                health: 'degraded',
                message: 'The run of 1 Jun 2026, 03:30 (UTC) failed.',
                kind: 'job',
                restarts: 0,
                job: {
                  ...job,
                  runs: [
                    {
                      ...run,
                      endedAt: secondsAgo(230),
                      outcome: 'failed',
                      message: 'exited with code 3 after 10 s',
                    },
                  ],
                },
              },
            },
            {
              ...inStaging,
              status: {
                health: 'healthy',
                kind: 'job',
                restarts: 0,
                job: { ...job, runs: [{ ...run, skipped: 2 }] },
              },
            },
          ],
        }),
    });

    const development = await card('Development');
    expect((await development.findByText(/^Runs/)).textContent).toBe(
      'Runs */5 * * * * (Europe/Berlin), next in 3 min.',
    );
    expect(development.getByText(/^The last run/).textContent).toBe(
      'The last run, 4 min ago, exited with code 3 after 10 s.',
    );
    expect(development.getByText(/03:30 \(UTC\) failed/)).toBeVisible();
    expect(development.queryByRole('link', { name: /^Open/ })).toBeNull();
    const staging = await card('Staging');
    expect(staging.getByText(/^It runs, since/).textContent).toMatch(
      /2 times came meanwhile and were skipped\.$/,
    );
  });

  it('promotes, and says why where that is refused', async () => {
    const user = userEvent.setup();
    const deploy = jest
      .fn()
      .mockRejectedValueOnce(new Error('Only payments may deploy orders.'))
      .mockResolvedValueOnce(aRun());
    const commits = Array.from({ length: 7 }, (_, index) => ({
      sha: `${index}`.repeat(40),
      title: `Change ${index}`,
      authorName: 'Mara',
      authorEmail: 'mara@example.com',
      authoredAt: '2026-01-01T00:00:00.000Z',
    }));
    openDelivery({
      deploy,
      planRun: async () => ({
        ...aPlan(),
        changes: [
          {
            action: 'change',
            what: 'orders in staging',
            detail: 'from v2 to v3',
            commits: {
              direction: 'forward',
              repository: 'orders',
              total: 9,
              items: commits,
            },
          },
        ],
      }),
    });

    const development = await card('Development');
    await user.click(
      await development.findByRole('button', { name: 'Promote to staging' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/v2 goes on serving/)).toBeVisible();
    expect(await dialog.findByText('Brings 9 commits')).toBeVisible();
    expect(dialog.getByRole('link', { name: 'Change 4' })).toBeVisible();
    expect(dialog.getByText('Change 5')).not.toBeVisible();
    await user.click(dialog.getByText('4 more'));
    expect(dialog.getByText('Change 5')).toBeVisible();
    expect(dialog.getByText('and 2 before these')).toBeVisible();
    const confirm = dialog.getByRole('button', { name: 'Promote to staging' });
    await user.click(confirm);
    expect(
      await dialog.findByText('Only payments may deploy orders.'),
    ).toBeVisible();
    await user.click(confirm);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(deploy).toHaveBeenCalledTimes(2);
  });

  it('says before the click that a second person must approve, and afterwards that it waits', async () => {
    const user = userEvent.setup();
    const { environments } = anOverview();
    const inProd = {
      environment: prod,
      status: { health: 'unknown' as const, restarts: 0 },
      releasesBehind: 0,
    };
    const reason = 'Production is protected.';
    const waiting = aRun({
      title: 'Deploy orders v2 to prod',
      state: 'waiting',
      environment: 'prod',
      input: { releaseId: 'release-2' },
      waits: [aWait()],
    });
    let overview = anOverview({ environments: [...environments, inProd] });
    const deploy = jest.fn(async () => waiting);
    const planRun = jest.fn(async () =>
      aPlan({
        decision: {
          stage: 'plan',
          effect: 'needs-approval',
          reasons: [
            { decider: 'rule', effect: 'needs-approval', message: reason },
          ],
          at: new Date().toISOString(),
        },
        approvals: [
          {
            approvers: ['group:default/payments'],
            approversText: 'a second person of payments',
            quorum: 1,
            reason,
          },
        ],
        behind: { runId: 'run-0', title: 'Deploy orders v1 to prod' },
      }),
    );
    openDelivery({ getService: async () => overview, deploy, planRun });

    const production = await card('Production');
    expect(production.getByText('protected')).toBeVisible();
    const staged = await card('Staging');
    await user.click(
      await staged.findByRole('button', { name: 'Promote to prod' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(/Waits for/)).toHaveTextContent(
      'Waits for a second person of payments first',
    );
    expect(dialog.getByText(reason)).toBeVisible();
    expect(
      dialog.getByRole('link', { name: 'Deploy orders v1 to prod' }),
    ).toHaveAttribute('href', '/runs/run-0');
    expect(planRun).toHaveBeenCalledWith(
      {
        kind: 'deploy',
        input: {
          service: 'orders',
          environment: 'prod',
          releaseId: 'release-2',
        },
      },
      expect.anything(),
    );
    overview = { ...overview, activeRuns: [waiting] };
    await user.click(dialog.getByRole('button', { name: 'Ask for approval' }));

    expect(await production.findByText('waiting for approval')).toBeVisible();
    expect(production.getByText(/waits for/)).toHaveTextContent(
      'waits for a second person of payments, asked 2 min ago',
    );
    expect(
      production.getByRole('link', { name: 'Deploy orders v2 to prod' }),
    ).toHaveAttribute('href', '/runs/run-1');
    expect(
      staged.queryByRole('button', { name: 'Promote to prod' }),
    ).toBeNull();
  });

  it('does not offer what the rules deny, and says what they say', async () => {
    openDelivery({
      planRun: async () =>
        aPlan({
          decision: {
            stage: 'plan',
            effect: 'deny',
            reasons: [
              {
                decider: 'ownership',
                effect: 'deny',
                message: 'Only members of growth can start this.',
              },
            ],
            at: new Date().toISOString(),
          },
        }),
    });
    const development = await card('Development');
    await userEvent.click(
      await development.findByRole('button', { name: 'Promote to staging' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText('Only members of growth can start this.'),
    ).toBeVisible();
    expect(
      dialog.getByRole('button', { name: 'Promote to staging' }),
    ).toBeDisabled();
  });

  it('shows a failed deployment with its reason, and what goes on serving; current without a reload', async () => {
    const healthy = anOverview();
    let overview = healthy;
    const { signals } = openDelivery({ getService: async () => overview });
    const development = await card('Development');
    expect(await development.findByText('v3')).toBeVisible();
    expect(development.queryByRole('alert')).toBeNull();

    const [inDev, inStaging] = healthy.environments;
    overview = {
      ...healthy,
      environments: [
        {
          ...inDev,
          latest: aDeployment(v4, {
            state: 'failed',
            failure: { message: 'not ready in 30 s.', hint: 'See its log.' },
          }),
        },
        inStaging,
      ],
    };
    signals.send({
      type: 'workload',
      service: 'orders',
      environment: 'dev',
      health: 'healthy',
    });

    expect(
      await development.findByText('v4 failed: not ready in 30 s.'),
    ).toBeVisible();
    expect(
      development.getByText('See its log. v3 goes on serving.'),
    ).toBeVisible();
    expect(
      development.getByRole('link', { name: 'Open the run' }),
    ).toHaveAttribute('href', '/runs/run-of-v4');
  });

  it('shows how much of the traffic a canary gets, and how long the one before stands by', async () => {
    const [inDev, inStaging] = anOverview().environments;
    const inAMinute = new Date(Date.now() + 150_000).toISOString();
    const rollout = { since: inAMinute, until: inAMinute };
    const latest = aDeployment(v4, {
      state: 'rolling-out',
      rollout: { ...rollout, stage: 'canary', percent: 10 },
    });
    const serving = aDeployment(v2, {
      environment: 'staging',
      previous: { deploymentId: 'deployment-1', release: 1 },
      rollout: { ...rollout, stage: 'bake', percent: 100 },
    });
    openDelivery({
      getService: async () =>
        anOverview({
          environments: [
            { ...inDev, latest },
            { ...inStaging, serving },
          ],
        }),
    });
    const development = await card('Development');
    expect(
      await development.findByRole('meter', { name: 'Requests that go to v4' }),
    ).toHaveAttribute('aria-valuenow', '10');
    expect(
      development.getByText(/v4 gets 10 % of the requests; the next step/),
    ).toHaveTextContent('comes in');
    const staging = await card('Staging');
    expect(
      staging.getByText(/v2 is watched, and v1 ready to take over again/),
    ).toBeVisible();
  });

  it('says what is held and why, and lifts it with a reason', async () => {
    const user = userEvent.setup();
    const liftHold = jest.fn(async () => aHold());
    const lifted = aHold({
      id: 'hold-0',
      release: 1,
      lifted: { by: 'user:default/mara', at: v1.createdAt, reason: 'Mended' },
    });
    openDelivery({ listHolds: async () => [aHold(), lifted], liftHold });
    expect(
      await screen.findByText('v3 is held, so it is deployed nowhere'),
    ).toBeVisible();
    expect(screen.queryByText(/v1 is held/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Lift the hold' }));
    const dialog = within(await screen.findByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: 'Lift the hold' });
    expect(confirm).toBeDisabled();
    await user.type(dialog.getByLabelText(/Reason/), 'The cache was cold');
    await user.click(confirm);
    expect(liftHold).toHaveBeenCalledWith({
      service: 'orders',
      id: 'hold-1',
      reason: 'The cache was cold',
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('asks for a reason in a freeze window', async () => {
    const user = userEvent.setup();
    const deploy = jest.fn(async () => aRun());
    const message = 'Staging is frozen until Mon 07:00 Europe/Berlin.';
    const planRun = jest.fn(
      async ({ input }: { input: { reason?: unknown } }) => {
        const effect = input.reason
          ? ('needs-approval' as const)
          : ('deny' as const);
        return aPlan({
          decision: {
            stage: 'plan',
            effect,
            at: v1.createdAt,
            reasons: [{ decider: 'freeze-window', effect, message }],
          },
        });
      },
    );
    openDelivery({ deploy, planRun });
    const development = await card('Development');
    await user.click(
      await development.findByRole('button', { name: 'Promote to staging' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(message)).toBeVisible();
    expect(
      dialog.getByRole('button', { name: 'Promote to staging' }),
    ).toBeDisabled();
    await user.type(
      await dialog.findByLabelText("Why it can't wait"),
      'Orders are lost',
    );
    await user.click(
      await dialog.findByRole('button', { name: 'Ask for approval' }),
    );
    await waitFor(() =>
      expect(deploy).toHaveBeenCalledWith(
        expect.objectContaining({ reason: 'Orders are lost' }),
      ),
    );
  });

  it('says what to do where nothing runs, and whose the service is', async () => {
    openDelivery({
      listDeployments: async () => [],
      getService: async () =>
        anOverview({
          owner: 'group:default/growth',
          environments: [
            {
              environment: dev,
              status: { health: 'unknown', restarts: 0 },
              releasesBehind: 0,
            },
          ],
        }),
    });
    const development = await card('Development');
    expect(
      await development.findByText(/The next green pipeline is deployed here/),
    ).toBeVisible();
    expect(await screen.findByText('Nothing was deployed yet')).toBeVisible();
    expect(
      await screen.findByText(/This service belongs to growth/),
    ).toBeVisible();
  });

  it('offers to try again when loading fails', async () => {
    const getService = jest
      .fn()
      .mockRejectedValue(new Error('The platform is starting.'));
    openDelivery({ getService });
    const alerts = await screen.findAllByText('The platform is starting.');
    expect(alerts.length).toBeGreaterThan(0);
    getService.mockResolvedValue(anOverview());
    for (const button of screen.getAllByRole('button', { name: 'Try again' })) {
      await userEvent.click(button);
    }
    expect(await (await card('Development')).findByText('v3')).toBeVisible();
  });
});
