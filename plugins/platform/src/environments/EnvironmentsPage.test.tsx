import type {
  EnvironmentsView,
  PlatformApi,
  ServiceSummary,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';
import {
  aResource,
  anEnvironmentsView,
  anExplanation,
} from '../__testUtils__/resources';

const orders: ServiceSummary = {
  service: 'orders',
  description: 'Takes and tracks orders',
  owner: 'group:default/payments',
  environments: [
    {
      environment: 'dev',
      health: 'healthy',
      release: { number: 3, sha: 'abcdef0123' },
    },
    { environment: 'staging', health: 'unknown' },
  ],
};

function open(
  path: string,
  view: Partial<EnvironmentsView>,
  platformApi: Partial<PlatformApi> = {},
) {
  return renderPlatform(
    { path },
    {
      listPreviews: async () => [],
      getEnvironments: async () => anEnvironmentsView(view),
      listServices: async () => [orders],
      listResources: async () => ({ items: [] }),
      explainResource: async () => anExplanation(),
      ...platformApi,
    },
  );
}

describe('the environments', () => {
  it('show which service runs where in which version, and their resources', async () => {
    open(
      '/environments',
      {},
      {
        listResources: async ({ environment }) => ({
          items:
            environment === 'dev'
              ? [
                  aResource(),
                  aResource({ id: 'r2', state: 'failed' }),
                  aResource({
                    id: 'r3',
                    drift: { since: secondsAgo(9), missing: true, fields: [] },
                  }),
                  aResource({ id: 'r4', state: 'deleted' }),
                ]
              : [],
        }),
      },
    );
    const development = within(
      await screen.findByRole('article', { name: 'Development' }),
    );
    expect(
      await development.findByRole('link', { name: '3 resources' }),
    ).toHaveAttribute('href', '/resources?who=all&environment=dev');
    expect(development.getByText('1 failed')).toBeVisible();
    expect(development.getByText('1 drifted')).toBeVisible();
    const production = within(
      await screen.findByRole('article', { name: 'Production' }),
    );
    expect(production.getByText('protected')).toBeVisible();
    expect(await production.findByText('no resources')).toBeVisible();

    const row = await screen.findByRole('row', { name: /^orders/ });
    const [owner, inDev, inStaging] = within(row).getAllByRole('cell');
    expect(owner).toHaveTextContent('payments');
    expect(inDev).toHaveTextContent('healthy v3 abcdef0');
    expect(inStaging).toHaveTextContent('nothing');
  });

  it('asks for the services of my teams, and of everyone when told', async () => {
    const user = userEvent.setup();
    const listServices = jest.fn(async () => []);
    open('/environments', {}, { listServices });
    await user.click(
      await screen.findByRole('button', { name: 'Show those of everyone' }),
    );
    expect(listServices).toHaveBeenCalledWith(
      { owner: ['user:default/mara', 'group:default/payments'] },
      expect.anything(),
    );
    expect(await screen.findByText('There are no services yet')).toBeVisible();
    expect(listServices).toHaveBeenLastCalledWith(
      { owner: undefined },
      expect.anything(),
    );
  });

  it('say what is wrong in their files and where, and that what was read before counts', async () => {
    const { signals } = open('/environments', {
      problems: [
        {
          file: 'dev.yaml',
          line: 12,
          message: 'There is no provider "postgress". Use "postgres".',
        },
      ],
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('dev.yaml:12 There is no provider');
    expect(alert).toHaveTextContent('what was read 2 min ago goes on counting');
    signals.send({ type: 'environments' });
    expect(await screen.findByRole('alert')).toBeVisible();
  });

  it('offer to try again where they can not be loaded', async () => {
    const getEnvironments = jest
      .fn()
      .mockRejectedValueOnce(new Error('The platform is starting.'))
      .mockResolvedValue(anEnvironmentsView());
    open('/environments', {}, { getEnvironments });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByRole('article', { name: 'Development' }),
    ).toBeVisible();
  });
});

describe('the definitions', () => {
  it('are shown as they were read, current, with what they would change', async () => {
    let view = anEnvironmentsView();
    const { signals } = open(
      '/environments/definitions',
      {},
      { getEnvironments: async () => view },
    );
    const row = await screen.findByRole('row', { name: /^postgres-small/ });
    expect(row).toHaveTextContent('A database on the shared server');
    expect(row).toHaveTextContent('dev.yaml:7');
    expect(row).toHaveTextContent('type postgresclass small');
    expect(row).toHaveTextContent('fixed:size small');
    expect(row).toHaveTextContent('at most:connections 20');
    expect(row).toHaveTextContent('7 d, at most 30 drestorable for 7 d');
    expect(
      await screen.findByRole('row', { name: /^postgres-prod/ }),
    ).toHaveTextContent('for ever');

    view = anEnvironmentsView({
      pending: [
        {
          resourceId: 'resource-1',
          name: 'orders-db',
          environment: 'dev',
          fields: [{ field: 'connections', from: 10, to: 20 }],
        },
      ],
    });
    signals.send({ type: 'environments' });
    const pending = await screen.findByRole('article', {
      name: 'This would change 1 resource',
    });
    expect(
      within(pending).getByRole('link', { name: 'orders-db' }),
    ).toHaveAttribute('href', '/resources/resource-1');
    expect(pending).toHaveTextContent('connectionsnow 10 → after 20');
  });

  it('ask for the owner only where a definition is for one', async () => {
    const user = userEvent.setup();
    const explainResource = jest.fn(async () => anExplanation());
    const { definitions } = anEnvironmentsView();
    open(
      '/environments/definitions',
      {
        definitions: [
          { ...definitions[0], match: { type: 'redis' } },
          {
            ...definitions[1],
            match: { type: 'postgres', owner: 'group:default/payments' },
          },
        ],
      },
      { explainResource },
    );
    const explain = within(
      await screen.findByRole('article', { name: 'Which definition wins?' }),
    );
    expect(explain.queryByRole('button', { name: /Owner/ })).toBeNull();
    await user.click(explain.getByRole('button', { name: /Type/ }));
    await user.click(await screen.findByRole('option', { name: 'postgres' }));
    await user.click(await explain.findByRole('button', { name: /Owner/ }));
    await user.click(
      await screen.findByRole('option', { name: 'group:default/payments' }),
    );
    await waitFor(() =>
      expect(explainResource).toHaveBeenLastCalledWith(
        {
          type: 'postgres',
          class: 'default',
          environment: 'dev',
          owner: 'group:default/payments',
        },
        expect.anything(),
      ),
    );
  });

  it('tell which of them wins for a request, and why', async () => {
    const user = userEvent.setup();
    const explainResource = jest.fn<
      ReturnType<PlatformApi['explainResource']>,
      Parameters<PlatformApi['explainResource']>
    >(async () => anExplanation());
    open('/environments/definitions', {}, { explainResource });
    const explain = within(
      await screen.findByRole('article', { name: 'Which definition wins?' }),
    );
    expect(
      await explain.findByText(/makes it with postgres/),
    ).toHaveTextContent('postgres-small makes it with postgres, size small.');
    expect(explainResource).toHaveBeenCalledWith(
      { type: 'postgres', class: 'small', environment: 'dev' },
      expect.anything(),
    );

    explainResource.mockResolvedValue(
      anExplanation({
        request: { type: 'postgres', class: 'small', environment: 'prod' },
        definition: undefined,
        provider: undefined,
        parameters: undefined,
        considered: [],
      }),
    );
    await user.click(explain.getByRole('button', { name: /Environment/ }));
    await user.click(await screen.findByRole('option', { name: 'Production' }));
    await waitFor(() =>
      expect(explainResource).toHaveBeenLastCalledWith(
        { type: 'postgres', class: 'small', environment: 'prod' },
        expect.anything(),
      ),
    );
    expect(
      await explain.findByText(/Nothing is defined for postgres small in prod/),
    ).toBeVisible();
  });
});
