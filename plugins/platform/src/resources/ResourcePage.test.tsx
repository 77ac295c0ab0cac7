import type { PlatformApi, Resource } from '@slipway/plugin-platform-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aRun, aStep, secondsAgo } from '../__testUtils__/platform';
import { refusal } from '../__testUtils__/refusal';
import { renderPlatform } from '../__testUtils__/renderPlatform';
import {
  aResource,
  aResourceType,
  anEnvironmentsView,
  anExplanation,
} from '../__testUtils__/resources';

const past = aRun({
  kind: 'provision-resource',
  title: 'Provision orders-db in dev',
  state: 'succeeded',
  endedAt: secondsAgo(1),
});

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
      listRuns: async ({ state }) => ({ items: state ? [] : [past] }),
      ...platformApi,
    },
  );
}

const panel = async (name: string) =>
  within(await screen.findByRole('article', { name }));

describe('a resource', () => {
  it('says what it is, whose, made by what, who uses it, and what happened to it', async () => {
    const listRuns = jest.fn(async () => ({ items: [past] }));
    openResource({ expiresAt: secondsAgo(-86_400 * 6) }, { listRuns });

    expect(
      await screen.findByRole('heading', { name: 'orders-db', level: 1 }),
    ).toBeVisible();
    expect(
      await screen.findByText(/PostgreSQL database, small, in dev/),
    ).toHaveTextContent('belongs to payments');
    const facts = await panel('Facts');
    expect(facts.getByText('connections').parentElement).toHaveTextContent(
      'connections10',
    );
    expect(facts.getByText('extensions').parentElement).toHaveTextContent(
      'extensionsnone',
    );
    expect(facts.getByText('Credentials').parentElement).toHaveTextContent(
      'issued 2 h ago',
    );
    expect(facts.getByText('Expires').parentElement).toHaveTextContent(
      'in 6 d',
    );
    const services = await panel('Connected services');
    expect(services.getByRole('listitem')).toHaveTextContent('ordersas db');
    const history = await panel('History');
    expect(
      await history.findByRole('link', { name: 'Provision orders-db in dev' }),
    ).toHaveAttribute('href', '/runs/run-1');
    expect(listRuns).toHaveBeenCalledWith(
      expect.objectContaining({ target: 'resource:dev:orders-db' }),
      expect.anything(),
    );
  });

  it('explains why its definition is the one', async () => {
    const explainResource = jest.fn(async () => anExplanation());
    openResource({ service: 'orders' }, { explainResource });

    const why = await screen.findByRole('button', { name: 'Why?' });
    expect(why).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(why);
    const answer = await panel('Why postgres-small');
    const [first, second] = await answer.findAllByRole('listitem', {
      hidden: true,
    });
    expect(first).toHaveTextContent('wins');
    expect(first).toHaveTextContent('It matches by type and class.');
    expect(first).toHaveTextContent('dev.yaml:7');
    expect(second).toHaveTextContent('no match');
    expect(explainResource).toHaveBeenCalledWith(
      {
        type: 'postgres',
        class: 'small',
        environment: 'dev',
        id: 'orders-db',
        service: 'orders',
        owner: 'group:default/payments',
      },
      expect.anything(),
    );
    expect(why).toHaveAttribute('aria-expanded', 'true');
  });

  it('reveals secrets to who confirms it, and hides them again', async () => {
    const user = userEvent.setup();
    const revealResource = jest.fn(async () => ({ password: 'xyzzy' }));
    openResource({}, { revealResource });

    const outputs = await panel('Outputs');
    expect(outputs.getByText('127.0.0.1')).toBeVisible();
    expect(outputs.getByText('hidden')).toBeVisible();
    await user.click(await outputs.findByRole('button', { name: 'Reveal' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/goes on record/)).toBeVisible();
    expect(revealResource).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Reveal' }));

    expect(await screen.findByText('xyzzy')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy password' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Hide' }));
    expect(screen.queryByText('xyzzy')).toBeNull();
    expect(screen.getByText('hidden')).toBeVisible();
  });

  it('hides revealed secrets by itself after a minute', async () => {
    openResource({}, { revealResource: async () => ({ password: 'xyzzy' }) });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reveal' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const reveal = dialog.getByRole('button', { name: 'Reveal' });
    jest.useFakeTimers({ advanceTimers: true });
    try {
      await userEvent
        .setup({ advanceTimers: jest.advanceTimersByTime })
        .click(reveal);
      expect(await screen.findByText('xyzzy')).toBeVisible();
      act(() => jest.advanceTimersByTime(60_000));
      expect(screen.queryByText('xyzzy')).toBeNull();
    } finally {
      jest.useRealTimers();
    }
  });

  it('offers nothing to who does not own it, and says whose it is', async () => {
    openResource({ owner: 'group:default/growth' });
    expect(await screen.findByText(/This belongs to/)).toHaveTextContent(
      'This belongs to growth',
    );
    expect(screen.getByText(/can reveal the secrets/)).toHaveTextContent(
      'Only growth can reveal the secrets.',
    );
    for (const name of ['Resize', 'More', 'Reveal', 'Extend']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });

  it('says why it failed and what to do, and retries', async () => {
    const retryRun = jest
      .fn()
      .mockRejectedValueOnce(new Error('The run was given up.'))
      .mockResolvedValueOnce(aRun());
    openResource(
      {
        state: 'failed',
        failure: {
          message: 'The server at 127.0.0.1 did not answer.',
          hint: 'Start it, then retry.',
        },
      },
      { retryRun },
    );
    expect(
      await screen.findByText('The server at 127.0.0.1 did not answer.'),
    ).toBeVisible();
    expect(screen.getByText('Start it, then retry.')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open the run' })).toHaveAttribute(
      'href',
      '/runs/run-1',
    );
    const retry = screen.getByRole('button', { name: 'Retry' });
    await userEvent.click(retry);
    expect(await screen.findByText('The run was given up.')).toBeVisible();
    await userEvent.click(retry);
    await waitFor(() =>
      expect(screen.queryByText('The run was given up.')).toBeNull(),
    );
    expect(retryRun).toHaveBeenCalledWith('run-1');
  });

  it('shows the run at work, and follows what comes of it', async () => {
    let resource = aResource({ state: 'provisioning', outputs: [] });
    let run = aRun({
      title: 'Provision orders-db in dev',
      steps: [aStep('apply', { state: 'running' })],
    });
    const { signals } = openResource(
      {},
      {
        getResource: async () => resource,
        listRuns: async ({ state }) => ({
          items: state && run !== past ? [run] : [],
        }),
      },
    );
    expect(await screen.findByText('provisioning')).toBeVisible();
    expect(
      await screen.findByRole('progressbar', {
        name: 'Progress of Provision orders-db in dev',
      }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Resize' })).toBeNull();

    resource = aResource();
    run = past;
    signals.send({
      type: 'resource',
      resourceId: 'resource-1',
      environment: 'dev',
      state: 'ready',
    });
    signals.send({
      type: 'run',
      runId: 'run-1',
      kind: 'provision-resource',
      state: 'succeeded',
    });
    expect(await screen.findByText('ready')).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Resize' })).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  });

  it('says until when a deleted one can be restored', async () => {
    openResource({
      state: 'deleted',
      deletedAt: secondsAgo(7_200),
      purgeAt: secondsAgo(-86_400 * 6),
      connections: [],
    });
    expect(await screen.findByText(/^Deleted/)).toHaveTextContent(
      'Deleted 2 h ago',
    );
    expect(screen.getByText(/can be restored/)).toHaveTextContent(
      'That happens in 6 d.',
    );
    expect(
      await screen.findByRole('button', { name: 'Restore' }),
    ).toBeVisible();
    expect(screen.getByText(/No service uses it/)).toBeVisible();
  });

  it('says that there is no such resource, and why it can not be loaded otherwise', async () => {
    const missing = await refusal(404, 'There is no such resource.');
    openResource(
      {},
      {
        getResource: async () => {
          throw missing;
        },
      },
    );
    expect(
      await screen.findByRole('link', { name: 'Show my resources' }),
    ).toHaveAttribute('href', '/resources');
  });
});
