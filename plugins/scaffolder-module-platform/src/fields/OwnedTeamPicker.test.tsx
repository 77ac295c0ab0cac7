import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { OwnedTeamPicker } from './OwnedTeamPicker';

const team = (name: string, displayName?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [], profile: { displayName } },
});

describe('OwnedTeamPicker', () => {
  const catalogApi = catalogApiMock({
    entities: [
      team('payments', 'Payments'),
      team('growth'),
      team('logistics', 'Logistics'),
    ],
  });
  const onChange = jest.fn();

  beforeEach(() => onChange.mockReset());

  function Field() {
    const [owner, setOwner] = useState<string>();
    const props = {
      formData: owner,
      onChange: (value?: string) => {
        onChange(value);
        setOwner(value);
      },
      required: true,
      schema: { title: 'Owner' },
      uiSchema: {},
    } as unknown as FieldExtensionComponentProps<string>;
    return <OwnedTeamPicker {...props} />;
  }

  function open(...teams: string[]) {
    const identityApi = mockApis.identity({
      userEntityRef: 'user:default/mara',
      ownershipEntityRefs: ['user:default/mara', ...teams],
    });
    renderInTestApp(
      <TestApiProvider
        apis={[
          [identityApiRef, identityApi],
          [catalogApiRef, catalogApi],
        ]}
      >
        <Field />
      </TestApiProvider>,
    );
  }

  it('offers my teams only, by their titles', async () => {
    open('group:default/payments', 'group:default/growth');

    await userEvent.click(await screen.findByRole('button', { name: /Owner/ }));
    expect(
      (await screen.findAllByRole('option')).map(option => option.textContent),
    ).toEqual(['growth', 'Payments']);
    expect(onChange).not.toHaveBeenCalled();

    await userEvent.click(screen.getByRole('option', { name: 'Payments' }));
    expect(onChange).toHaveBeenLastCalledWith('group:default/payments');
  });

  it('has chosen already where there is one only', async () => {
    open('group:default/logistics');

    await waitFor(() =>
      expect(onChange).toHaveBeenCalledWith('group:default/logistics'),
    );
    expect(
      await screen.findByRole('button', { name: /Owner/ }),
    ).toHaveTextContent('Logistics');
  });

  it('says what to do for someone without a team', async () => {
    open();

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You belong to no team',
    );
  });

  it('says what could not be loaded, and loads it again', async () => {
    jest
      .spyOn(catalogApi, 'getEntitiesByRefs')
      .mockRejectedValueOnce(new Error('The catalog is away.'));
    open('group:default/payments');

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The catalog is away.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('button', { name: /Owner/ }),
    ).toBeInTheDocument();
  });
});
