import type {
  PlatformApi,
  PlannedChange,
  Resource,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aPlan, aRun, aWait, secondsAgo } from '../../__testUtils__/platform';
import { refusal } from '../../__testUtils__/refusal';
import { renderPlatform } from '../../__testUtils__/renderPlatform';
import {
  aResource,
  aResourceType,
  anEnvironmentsView,
} from '../../__testUtils__/resources';

const bigger: PlannedChange = {
  action: 'change',
  what: 'database orders-db in dev',
  fields: [{ field: 'connections', from: 10, to: 50 }],
};

function openResource(
  resource: Partial<Resource>,
  platformApi: Partial<PlatformApi> = {},
) {
  return renderPlatform(
    { path: '/resources/resource-1' },
    {
      getResource: async () => aResource(resource),
      listResourceTypes: async () => [aResourceType()],
      getEnvironments: async () => anEnvironmentsView(),
      listRuns: async () => ({ items: [] }),
      planRun: async () => aPlan({ changes: [bigger] }),
      ...platformApi,
    },
  );
}

async function choose(user: ReturnType<typeof userEvent.setup>, item: string) {
  await user.click(await screen.findByRole('button', { name: 'More' }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
}

const dialog = async () => within(await screen.findByRole('dialog'));

async function isClosed() {
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

describe('resizing', () => {
  it('shows the plan of what was chosen, field by field, and starts just that', async () => {
    const user = userEvent.setup();
    const planRun = jest.fn(async () =>
      aPlan({ changes: [bigger], digest: 'shown' }),
    );
    const startRun = jest.fn(async () => aRun());
    openResource({}, { planRun, startRun });

    await user.click(await screen.findByRole('button', { name: 'Resize' }));
    const asked = await dialog();
    const confirm = asked.getByRole('button', { name: 'Resize' });
    expect(confirm).toBeDisabled();
    expect(planRun).not.toHaveBeenCalled();
    await user.click(asked.getByRole('button', { name: /Class/ }));
    await user.click(await screen.findByRole('option', { name: 'large' }));

    const plan = within(await screen.findByRole('region', { name: 'Plan' }));
    expect(await plan.findByText('change')).toBeVisible();
    expect(plan.getByText('connections').parentElement).toHaveTextContent(
      'connectionsnow 10 → after 50',
    );
    expect(planRun).toHaveBeenCalledWith(
      {
        kind: 'change-resource',
        input: { resourceId: 'resource-1', class: 'large' },
      },
      expect.anything(),
    );
    expect(startRun).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Resize' }));
    await isClosed();
    expect(startRun).toHaveBeenCalledWith({
      kind: 'change-resource',
      input: { resourceId: 'resource-1', class: 'large' },
      planDigest: 'shown',
    });
  });

  it('asks for parameters within what the definition allows', async () => {
    const user = userEvent.setup();
    const planRun = jest.fn(async () => aPlan({ changes: [bigger] }));
    openResource({}, { planRun });
    await user.click(await screen.findByRole('button', { name: 'Resize' }));
    const asked = await dialog();
    const connections = await asked.findByRole('textbox', {
      name: /Connections/,
    });
    await user.clear(connections);
    await user.type(connections, '500');
    await user.tab();
    expect(connections).toHaveValue('20');
    await user.click(asked.getByRole('checkbox', { name: 'citext' }));
    await waitFor(() =>
      expect(planRun).toHaveBeenLastCalledWith(
        {
          kind: 'change-resource',
          input: {
            resourceId: 'resource-1',
            parameters: { connections: 20, extensions: ['citext'] },
          },
        },
        expect.anything(),
      ),
    );
  });

  it('shows the new plan where it has changed meanwhile, says so, and has started nothing', async () => {
    const user = userEvent.setup();
    const conflict = await refusal(409, 'The plan has changed.');
    let plan = aPlan({ changes: [bigger], digest: 'old' });
    const startRun = jest
      .fn()
      .mockImplementationOnce(async () => {
        plan = aPlan({
          changes: [
            { ...bigger, fields: [{ field: 'connections', from: 30, to: 50 }] },
          ],
          digest: 'new',
        });
        throw conflict;
      })
      .mockResolvedValueOnce(aRun());
    openResource({}, { planRun: async () => plan, startRun });

    await user.click(await screen.findByRole('button', { name: 'Resize' }));
    const asked = await dialog();
    await user.click(asked.getByRole('button', { name: /Class/ }));
    await user.click(await screen.findByRole('option', { name: 'large' }));
    const confirm = await screen.findByRole('button', { name: 'Resize' });
    await waitFor(() => expect(confirm).toBeEnabled());
    await user.click(confirm);

    expect(
      await screen.findByText('The plan has changed since you opened this'),
    ).toBeVisible();
    expect(screen.getByText('The plan has changed.')).toBeVisible();
    expect(screen.getByRole('region', { name: 'Plan' })).toHaveTextContent(
      'now 30 → after 50',
    );
    await user.click(confirm);
    await isClosed();
    expect(startRun).toHaveBeenLastCalledWith(
      expect.objectContaining({ planDigest: 'new' }),
    );
  });

  it('says what the provider refuses, and does not offer to do it', async () => {
    const user = userEvent.setup();
    const tooSmall = await refusal(400, 'There are 12 connections in use.');
    openResource(
      {},
      {
        planRun: async () => {
          throw tooSmall;
        },
      },
    );
    await user.click(await screen.findByRole('button', { name: 'Resize' }));
    const asked = await dialog();
    await user.click(asked.getByRole('button', { name: /Class/ }));
    await user.click(await screen.findByRole('option', { name: 'large' }));
    expect(
      await screen.findByText('There are 12 connections in use.'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Resize' })).toBeDisabled();
  });
});

describe('destroying', () => {
  const removal: PlannedChange = {
    action: 'remove',
    what: 'database orders-db in dev',
    dataLoss: 'All its rows, 7 days after.',
  };

  it('says who uses it, takes them along only when told, and asks for the name where data could be lost', async () => {
    const user = userEvent.setup();
    const planRun = jest.fn(async () => aPlan({ changes: [removal] }));
    const startRun = jest.fn(async () => aRun());
    openResource({}, { planRun, startRun });

    await choose(user, 'Destroy');
    const asked = await dialog();
    expect(asked.getByText(/In use in dev by/)).toHaveTextContent(
      'In use in dev by orders',
    );
    const confirm = asked.getByRole('button', { name: 'Destroy' });
    expect(confirm).toBeDisabled();
    expect(planRun).not.toHaveBeenCalled();
    await user.click(asked.getByRole('checkbox', { name: /These go too/ }));
    expect(await asked.findByText('All its rows, 7 days after.')).toBeVisible();
    expect(confirm).toBeDisabled();
    await user.type(
      await asked.findByRole('textbox', { name: 'Type orders-db to confirm' }),
      'orders-db',
    );
    expect(confirm).toBeEnabled();
    await user.click(confirm);
    await isClosed();
    expect(startRun).toHaveBeenCalledWith(
      expect.objectContaining({
        kind: 'destroy-resource',
        input: { resourceId: 'resource-1', withConnected: true },
      }),
    );
  });

  it('asks for approval where the environment is protected', async () => {
    const user = userEvent.setup();
    const reason = 'Production is protected.';
    const startRun = jest.fn(async () =>
      aRun({ title: 'Destroy orders-db', state: 'waiting', waits: [aWait()] }),
    );
    openResource(
      { connections: [] },
      {
        startRun,
        planRun: async () =>
          aPlan({
            changes: [{ action: 'remove', what: 'database orders-db' }],
            decision: {
              stage: 'plan',
              effect: 'needs-approval',
              reasons: [
                { decider: 'rule', effect: 'needs-approval', message: reason },
              ],
              at: secondsAgo(0),
            },
            approvals: [
              {
                approvers: ['group:default/payments'],
                approversText: 'a second person of payments',
                quorum: 1,
                reason,
              },
            ],
          }),
      },
    );
    await choose(user, 'Destroy');
    const asked = await dialog();
    expect(await asked.findByText(/Waits for/)).toHaveTextContent(
      'Waits for a second person of payments first',
    );
    await user.click(asked.getByRole('button', { name: 'Ask for approval' }));
    await isClosed();
    expect(startRun).toHaveBeenCalledTimes(1);
  });

  it('always asks for the name before it purges', async () => {
    const user = userEvent.setup();
    openResource({
      state: 'deleted',
      deletedAt: secondsAgo(60),
      purgeAt: secondsAgo(-86_400),
      connections: [],
    });
    await choose(user, 'Purge now');
    const asked = await dialog();
    const confirm = asked.getByRole('button', { name: 'Purge' });
    await user.type(
      asked.getByRole('textbox', { name: 'Type orders-db to confirm' }),
      'orders',
    );
    await asked.findByText('change');
    expect(confirm).toBeDisabled();
  });
});

describe('the other actions', () => {
  it.each([
    ['Rotate credentials', 'Rotate', 'rotate-resource', {}],
    ['Restore', 'Restore', 'restore-resource', { state: 'deleted' as const }],
    [
      'Reconcile',
      'Reconcile',
      'reconcile-resource',
      {
        drift: {
          since: secondsAgo(60),
          missing: false,
          fields: [{ field: 'connections', from: 99, to: 10 }],
        },
      },
    ],
    [
      'Accept',
      'Accept',
      'accept-drift',
      { drift: { since: secondsAgo(60), missing: false, fields: [] } },
    ],
  ])('%s: shows its plan first', async (offered, confirm, kind, resource) => {
    const user = userEvent.setup();
    const planRun = jest.fn(async () => aPlan({ changes: [bigger] }));
    const startRun = jest.fn(async () => aRun());
    openResource(resource, { planRun, startRun });
    if (offered === 'Rotate credentials') {
      await choose(user, offered);
    } else {
      await user.click(await screen.findByRole('button', { name: offered }));
    }
    const asked = await dialog();
    await asked.findByText('database orders-db in dev');
    const button = asked.getByRole('button', { name: confirm });
    await waitFor(() => expect(button).toBeEnabled());
    await user.click(button);
    await isClosed();
    expect(startRun).toHaveBeenCalledWith(
      expect.objectContaining({ kind, input: { resourceId: 'resource-1' } }),
    );
  });

  it('applies what its definition now says', async () => {
    const user = userEvent.setup();
    const startRun = jest.fn(async () => aRun());
    openResource(
      {},
      {
        startRun,
        getEnvironments: async () =>
          anEnvironmentsView({
            pending: [
              {
                resourceId: 'resource-1',
                name: 'orders-db',
                environment: 'dev',
                fields: [{ field: 'timeout', from: '30s', to: '60s' }],
              },
            ],
          }),
      },
    );
    const change = await screen.findByRole('article', {
      name: 'Its definition has changed',
    });
    expect(change).toHaveTextContent('timeoutnow 30s → after 60s');
    await user.click(within(change).getByRole('button', { name: 'Apply' }));
    const confirm = (await dialog()).getByRole('button', { name: 'Apply' });
    await waitFor(() => expect(confirm).toBeEnabled());
    await user.click(confirm);
    await isClosed();
    expect(startRun).toHaveBeenCalledWith(
      expect.objectContaining({
        kind: 'change-resource',
        input: { resourceId: 'resource-1' },
      }),
    );
  });

  it('extends in one click, and by another length in a dialog', async () => {
    const user = userEvent.setup();
    const startRun = jest.fn<
      ReturnType<PlatformApi['startRun']>,
      Parameters<PlatformApi['startRun']>
    >(async () => aRun());
    openResource({ expiresAt: secondsAgo(-3_600) }, { startRun });
    await user.click(
      await screen.findByRole('button', { name: 'Extend to 7 d from now' }),
    );
    await waitFor(() => expect(startRun).toHaveBeenCalledTimes(1));
    expect(daysIn(startRun.mock.calls[0][0].input)).toBeCloseTo(7, 1);

    await choose(user, 'Extend');
    const asked = await dialog();
    await user.click(asked.getByRole('button', { name: /Keep it for/ }));
    expect(screen.queryByRole('option', { name: '90 d' })).toBeNull();
    await user.click(await screen.findByRole('option', { name: '30 d' }));
    const confirm = screen.getByRole('button', { name: 'Extend' });
    await waitFor(() => expect(confirm).toBeEnabled());
    await user.click(confirm);
    await isClosed();
    expect(daysIn(startRun.mock.calls[1][0].input)).toBeCloseTo(30, 1);
  });

  it('looks for drift at once, and says what it found', async () => {
    const user = userEvent.setup();
    const checkResource = jest
      .fn()
      .mockResolvedValueOnce(aResource())
      .mockRejectedValueOnce(new Error('The server is away.'));
    openResource({}, { checkResource });
    await choose(user, 'Check for drift now');
    // A toast fades in.
    const said = await screen.findByText('orders-db is as it was asked for');
    await waitFor(() => expect(said).toBeVisible());
    await choose(user, 'Check for drift now');
    const failed = await screen.findByText('The server is away.');
    await waitFor(() => expect(failed).toBeVisible());
  });
});

function daysIn(input: Record<string, unknown>): number {
  return (Date.parse(String(input.until)) - Date.now()) / 86_400_000;
}
