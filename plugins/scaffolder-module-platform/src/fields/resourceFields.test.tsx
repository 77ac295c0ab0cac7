import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type {
  Environment,
  PlatformApi,
  Resource,
  ResourceOffer,
} from '@slipway/plugin-platform-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentType, useState } from 'react';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { EnvironmentPicker } from './EnvironmentPicker';
import { ResourceClassPicker } from './ResourceClassPicker';
import { ResourcePicker } from './ResourcePicker';
import { ServicePicker } from './ServicePicker';

const environments: Environment[] = [
  environment('dev', 'Development'),
  environment('staging', 'Staging'),
  { ...environment('prod', 'Production'), protected: true },
];

function environment(name: string, title: string): Environment {
  return {
    name,
    title,
    autoDeploy: false,
    protected: false,
    replicas: { default: 1, maximum: 10 },
    sleep: [],
    rollout: { strategy: 'blue-green', steps: [], bakeMs: 0 },
  };
}

function offer(overrides: Partial<ResourceOffer>): ResourceOffer {
  return {
    environment: 'dev',
    class: 'small',
    definition: 'postgres-small',
    provider: 'postgres',
    fixed: {},
    defaults: {},
    maximum: {},
    ...overrides,
  };
}

const DAY = 86_400_000;
const offers = [
  offer({
    description: 'A database on the shared server',
    fixed: { size: 'small' },
    maximum: {
      connections: 20,
      statementTimeoutMs: 30_000,
      workMemoryKb: 4_096,
    },
    timeToLive: { defaultMs: 7 * DAY, maximumMs: 30 * DAY },
  }),
  offer({ class: 'large', timeToLive: { defaultMs: DAY, maximumMs: DAY } }),
  offer({ environment: 'prod', class: 'large' }),
];

function resource(name: string, overrides: Partial<Resource> = {}): Resource {
  return {
    id: `id-of-${name}`,
    name,
    environment: 'dev',
    type: 'postgres',
    class: 'small',
    state: 'ready',
    connections: [],
    ...overrides,
  } as Resource;
}

describe('fields about resources', () => {
  const platformApi = {
    listEnvironments: jest.fn<Promise<Environment[]>, []>(),
    listResourceTypes: jest.fn(),
    listResources: jest.fn(),
    listServices: jest.fn(),
  };
  const onChange = jest.fn();
  let teams: string[];

  beforeEach(() => {
    teams = ['group:default/payments'];
    onChange.mockReset();
    platformApi.listEnvironments.mockReset().mockResolvedValue(environments);
    platformApi.listResourceTypes
      .mockReset()
      .mockResolvedValue([{ type: 'postgres', title: 'Database', offers }]);
    platformApi.listResources.mockReset().mockResolvedValue({ items: [] });
    platformApi.listServices.mockReset().mockResolvedValue([]);
  });

  function open<TOptions>(
    Field: ComponentType<FieldExtensionComponentProps<string, TOptions>>,
    options: TOptions,
    formData: Record<string, string> = {},
    value?: string,
  ) {
    function Form() {
      const [chosen, setChosen] = useState(value);
      const props = {
        name: 'field',
        formData: chosen,
        onChange: (next: string | undefined) => {
          onChange(next);
          setChosen(next);
        },
        schema: {},
        uiSchema: { 'ui:options': options },
        formContext: { formData },
      } as unknown as FieldExtensionComponentProps<string, TOptions>;
      return <Field {...props} />;
    }
    renderInTestApp(
      <TestApiProvider
        apis={[
          [platformApiRef, platformApi as unknown as PlatformApi],
          [catalogApiRef, catalogApiMock({ entities: [] })],
          [
            identityApiRef,
            {
              getBackstageIdentity: async () => ({
                type: 'user' as const,
                userEntityRef: 'user:default/mara',
                ownershipEntityRefs: ['user:default/mara', ...teams],
              }),
              getCredentials: async () => ({}),
              getProfileInfo: async () => ({}),
              signOut: async () => undefined,
            },
          ],
        ]}
      >
        <Form />
      </TestApiProvider>,
    );
  }

  describe('EnvironmentPicker', () => {
    it('says which are protected, and which offer no such thing', async () => {
      open(EnvironmentPicker, { type: 'postgres' });
      const field = await screen.findByRole('button', { name: /Environment/ });
      await waitFor(() =>
        expect(platformApi.listResourceTypes).toHaveBeenCalled(),
      );
      await userEvent.click(field);
      const options = await screen.findAllByRole('option');
      expect(options.map(option => option.textContent)).toEqual([
        'Development',
        'StagingOffers no postgres',
        'ProductionProtected: a second person has to agree',
      ]);
      expect(options[1]).toHaveAttribute('aria-disabled', 'true');

      await userEvent.click(options[2]);
      expect(onChange).toHaveBeenLastCalledWith('prod');
      expect(
        await screen.findByText(
          'Production is protected: a second person of the owning team has to agree before anything is made.',
        ),
      ).toBeInTheDocument();
    });

    it('says what could not be loaded, and loads it again', async () => {
      platformApi.listEnvironments.mockRejectedValueOnce(
        new Error('The database is away.'),
      );
      open(EnvironmentPicker, {});
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'The database is away.',
      );
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(
        await screen.findByRole('button', { name: /Environment/ }),
      ).toBeInTheDocument();
    });
  });

  describe('ResourceClassPicker', () => {
    it('offers the classes of the environment, with what one gets', async () => {
      open(ResourceClassPicker, { type: 'postgres' }, { environment: 'dev' });
      const [small, large] = await screen.findAllByRole('radio');
      expect(small.closest('label')).toHaveTextContent(
        'smallA database on the shared serverconnections up to 20 · statement timeout up to 30 s · work memory up to 4.1 MB · lives 7 d, or up to 30 d',
      );
      expect(large.closest('label')).toHaveTextContent('largelives 1 d');
      expect(onChange).not.toHaveBeenCalled();
      await userEvent.click(large);
      expect(onChange).toHaveBeenLastCalledWith('large');
    });

    it('has chosen already where there is one only, and lets go of what another environment offered', async () => {
      open(
        ResourceClassPicker,
        { type: 'postgres', environment: 'where' },
        { where: 'prod' },
        'small',
      );
      await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('large'));
      expect(await screen.findByRole('radio')).toBeChecked();
    });

    it('says what to do where there is nothing to choose from', async () => {
      open(ResourceClassPicker, { type: 'postgres' });
      expect(
        await screen.findByText(/choose the environment first/),
      ).toBeInTheDocument();
    });

    it('says so where the environment offers nothing', async () => {
      open(
        ResourceClassPicker,
        { type: 'postgres' },
        { environment: 'staging' },
      );
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'staging offers no postgres.',
      );
    });
  });

  describe('ResourcePicker', () => {
    it("offers what one's teams own, and says what uses it", async () => {
      platformApi.listResources.mockResolvedValue({
        items: [
          resource('orders', {
            connections: [
              { service: 'orders', alias: 'db' },
              { service: 'orders', alias: 'reports' },
              { service: 'stock', alias: 'db' },
            ],
          }),
          resource('spare', { state: 'failed' }),
        ],
      });
      open(
        ResourcePicker,
        { type: 'postgres', environment: 'where' },
        { where: 'dev' },
      );
      await userEvent.click(
        await screen.findByRole('button', { name: /Resource/ }),
      );
      const options = await screen.findAllByRole('option');
      expect(options.map(option => option.textContent)).toEqual([
        'orders in devpostgres · used by orders, stock',
        'spare in devpostgres · used by nothing · failed',
      ]);
      await userEvent.click(options[0]);
      expect(onChange).toHaveBeenLastCalledWith('id-of-orders');
      expect(platformApi.listResources).toHaveBeenCalledWith(
        {
          type: 'postgres',
          environment: 'dev',
          owner: ['group:default/payments'],
          state: ['ready', 'changing', 'failed'],
          limit: 200,
        },
        expect.anything(),
      );
    });

    it('says so where there is nothing, and asks nobody for somebody without a team', async () => {
      teams = [];
      open(ResourcePicker, { type: 'postgres' });
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Your teams own no postgres.',
      );
      expect(platformApi.listResources).not.toHaveBeenCalled();
    });
  });

  describe('ServicePicker', () => {
    it("offers the services of one's teams", async () => {
      platformApi.listServices.mockResolvedValue([
        { service: 'orders', description: 'Takes orders.' },
      ]);
      open(ServicePicker, {});
      await userEvent.click(
        await screen.findByRole('button', { name: /Service/ }),
      );
      const option = await screen.findByRole('option');
      expect(option).toHaveTextContent('ordersTakes orders.');
      await userEvent.click(option);
      expect(onChange).toHaveBeenLastCalledWith('orders');
      expect(platformApi.listServices).toHaveBeenCalledWith(
        { owner: ['group:default/payments'] },
        expect.anything(),
      );
    });

    it('says so where there is none', async () => {
      open(ServicePicker, {});
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Your teams own no service.',
      );
    });
  });
});
