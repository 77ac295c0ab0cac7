import { ResponseError } from '@backstage/errors';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  type ScaffolderApi,
  scaffolderApiRef,
} from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import platformPlugin from '@slipway/plugin-platform';
import type {
  DecisionReason,
  PlatformApi,
  RunPlan,
  StartRunRequest,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { scaffolderModulePlatform } from '../module';

const TEMPLATES = path.join(__dirname, '../../../../templates');

/** A template as the backend describes it to a wizard. */
function manifestOf(file: string) {
  const { metadata, spec } = parse(
    readFileSync(path.join(TEMPLATES, file), 'utf8'),
  );
  return {
    title: metadata.title,
    presentation: spec.presentation,
    steps: spec.parameters.map((schema: JsonObject) => ({
      title: schema.title,
      schema,
    })),
  };
}

function planOf(reasons: DecisionReason[] = []): RunPlan {
  const needs = reasons.some(({ effect }) => effect === 'needs-approval');
  return {
    kind: 'provision-resource',
    title: 'Create postgres orders in dev',
    target: 'resource:dev:orders',
    owner: 'group:default/payments',
    steps: [],
    digest: 'digest-1',
    changes: [
      {
        action: 'create',
        what: 'postgres orders in dev',
        fields: [{ field: 'connections', to: 20 }],
      },
    ],
    decision: {
      stage: 'plan',
      effect: reasons[0]?.effect ?? 'allow',
      reasons,
      at: '2026-11-26T00:00:00.000Z',
    },
    approvals: needs
      ? [
          {
            reason: 'Development is protected.',
            approvers: ['group:default/payments'],
            approversText: 'a second person of payments',
            quorum: 1,
          },
        ]
      : [],
  } as unknown as RunPlan;
}

function refusal(message: string): Promise<ResponseError> {
  return ResponseError.fromResponse(
    Response.json(
      { error: { name: 'InputError', message }, response: { statusCode: 400 } },
      { status: 400 },
    ) as never,
  );
}

describe('a wizard that knows which run it starts', () => {
  const planRun = jest.fn<Promise<RunPlan>, [StartRunRequest]>();
  const scaffold = jest.fn();

  beforeEach(() => {
    planRun.mockReset().mockResolvedValue(planOf());
    scaffold.mockReset().mockResolvedValue({ taskId: 'task-1' });
  });

  async function open(
    name: string,
    manifest: ReturnType<typeof manifestOf>,
  ): Promise<void> {
    const platformApi: Partial<PlatformApi> = {
      planRun,
      listEnvironments: async () => [
        {
          name: 'dev',
          title: 'Development',
          autoDeploy: true,
          protected: false,
          replicas: { default: 1, maximum: 10 },
          sleep: [],
          rollout: { strategy: 'blue-green', steps: [], bakeMs: 0 },
        },
      ],
      listResourceTypes: async () => [
        {
          type: 'postgres',
          title: 'PostgreSQL database',
          description: '',
          parameters: {},
          outputs: [],
          abilities: [],
          offers: ['default', 'small'].map(size => ({
            environment: 'dev',
            class: size,
            definition: `postgres-${size}`,
            provider: 'postgres',
            fixed: {},
            defaults: {},
            maximum: {},
          })),
        },
      ],
    };
    renderTestApp({
      features: [scaffolderPlugin, scaffolderModulePlatform, platformPlugin],
      initialRouteEntries: [`/create/templates/default/${name}`],
      config: {
        app: {
          extensions: [
            {
              'sub-page:scaffolder/templates': {
                config: { enableBackstageUi: true },
              },
            },
          ],
        },
      },
      apis: [
        [platformApiRef, platformApi as PlatformApi],
        [
          scaffolderApiRef,
          {
            getTemplateParameterSchema: async () => manifest,
            scaffold,
          } as unknown as ScaffolderApi,
        ],
        [catalogApiRef, catalogApiMock({ entities: [] })],
        mockApis.identity({
          userEntityRef: 'user:default/mara',
          ownershipEntityRefs: ['group:default/payments'],
        }),
      ],
    });
  }

  const openDatabase = () =>
    open('postgres-database', manifestOf('postgres-database/template.yaml'));

  async function fillIn(): Promise<void> {
    await userEvent.click(await screen.findByRole('textbox', { name: /Name/ }));
    await userEvent.paste('orders');
    await userEvent.click(await screen.findByRole('radio', { name: /small/ }));
  }

  const plan = () => screen.findByRole('region', { name: 'What will happen' });

  async function review(): Promise<void> {
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    await screen.findByRole('button', { name: 'Create' });
  }

  it('shows what will happen as the form is filled in and on the review, and sends which plan was shown', async () => {
    await openDatabase();
    expect(
      await within(await plan()).findByText(/once the fields above/),
    ).toBeInTheDocument();
    expect(planRun).not.toHaveBeenCalled();

    await fillIn();
    await waitFor(() =>
      expect(planRun.mock.lastCall?.[0]).toEqual({
        kind: 'provision-resource',
        input: {
          type: 'postgres',
          name: 'orders',
          owner: 'group:default/payments',
          environment: 'dev',
          class: 'small',
        },
      }),
    );
    await within(await plan()).findByText('postgres orders in dev');

    await review();
    expect(screen.getAllByRole('row').map(row => row.textContent)).toEqual([
      'Nameorders',
      'Ownerpayments',
      'Environmentdev',
      'Sizesmall',
    ]);
    await within(await plan()).findByText('connections');
    expect(planRun.mock.lastCall?.[0].goldenPath).toBe(
      'template:default/postgres-database',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(scaffold).toHaveBeenCalledTimes(1));
    expect(scaffold.mock.calls[0][0]).toEqual({
      templateRef: 'template:default/postgres-database',
      values: {
        name: 'orders',
        owner: 'group:default/payments',
        environment: 'dev',
        class: 'small',
        plan: 'digest-1',
      },
      secrets: {},
    });
  });

  it('says beside the field what is wrong with it, and starts nothing that is', async () => {
    planRun.mockRejectedValue(
      await refusal('name: "orders" is taken in dev. Choose another name.'),
    );
    await openDatabase();
    await fillIn();
    const field = screen.getByRole('textbox', { name: /Name/ });
    await waitFor(() =>
      expect(field).toHaveAccessibleDescription(
        expect.stringContaining('"orders" is taken in dev.'),
      ),
    );
    expect(screen.getAllByText(/is taken in dev/)).toHaveLength(1);

    await review();
    expect(await within(await plan()).findByRole('alert')).toHaveTextContent(
      'Name can\'t be this"orders" is taken in dev.',
    );
    expect(screen.getByRole('button', { name: 'Create' })).toBeDisabled();
  });

  it('says who has to agree, and lets one ask for it', async () => {
    planRun.mockResolvedValue(
      planOf([
        {
          decider: 'protected-environment',
          effect: 'needs-approval',
          message: 'Development is protected.',
        },
      ]),
    );
    await openDatabase();
    await fillIn();
    await review();
    expect(
      await within(await plan()).findByText(/Waits for/),
    ).toHaveTextContent('Waits for a second person of payments first');
    expect(screen.getByRole('button', { name: 'Create' })).toBeEnabled();
  });

  it('says beside the field that causes it what the rules deny', async () => {
    planRun.mockResolvedValue(
      planOf([
        {
          decider: 'ownership',
          effect: 'deny',
          message: 'Only members of payments can start this.',
        },
      ]),
    );
    await openDatabase();
    await fillIn();
    expect(
      await screen.findByText('Only members of payments can start this.'),
    ).toBeInTheDocument();
    expect(
      within(await plan()).queryByText(/Only members/),
    ).not.toBeInTheDocument();
    await review();
    await within(await plan()).findByText(/Only members/);
    expect(screen.getByRole('button', { name: 'Create' })).toBeDisabled();
  });

  it('says why nothing was started, and lets one try again', async () => {
    scaffold.mockRejectedValueOnce(new Error('The portal is busy.'));
    await openDatabase();
    await fillIn();
    await review();
    const create = screen.getByRole('button', { name: 'Create' });
    await waitFor(() => expect(create).toBeEnabled());
    await userEvent.click(create);
    expect(await screen.findByText('The portal is busy.')).toBeInTheDocument();
    await waitFor(() => expect(create).toBeEnabled());
  });

  it("leaves a template that says nothing of a run to Backstage's own wizard", async () => {
    await open('plain', {
      title: 'Plain',
      presentation: undefined,
      steps: [
        {
          title: 'The thing',
          schema: {
            properties: {
              name: {
                type: 'string',
                title: 'Name',
                'ui:field': 'ResourceName',
              },
            },
          },
        },
      ],
    });
    await screen.findByRole('textbox', { name: /Name/ });
    expect(
      screen.queryByRole('region', { name: 'What will happen' }),
    ).not.toBeInTheDocument();
  });
});
