import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { NameCheck, PlatformApi } from '@slipway/plugin-platform-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { explainUnusableName } from './explainUnusableName';
import { ServiceName } from './ServiceName';

const TAKEN = '"orders" is taken by a service of Payments.';

describe('ServiceName', () => {
  const checkServiceName = jest.fn<Promise<NameCheck>, [string]>();

  beforeEach(() => {
    checkServiceName.mockReset();
    checkServiceName.mockImplementation(async name =>
      name === 'orders'
        ? { name, available: false, reason: TAKEN }
        : { name, available: true },
    );
  });

  const platformApi = { checkServiceName } as unknown as PlatformApi;

  function Field({ rawErrors = [] }: { rawErrors?: string[] }) {
    const [name, setName] = useState<string>();
    const props = {
      formData: name,
      onChange: setName,
      required: true,
      rawErrors,
      schema: { title: 'Name' },
      uiSchema: {},
    } as unknown as FieldExtensionComponentProps<string>;
    return <ServiceName {...props} />;
  }

  function open(rawErrors?: string[]) {
    renderInTestApp(
      <TestApiProvider apis={[[platformApiRef, platformApi]]}>
        <Field rawErrors={rawErrors} />
      </TestApiProvider>,
    );
    return screen.findByRole('textbox', { name: /Name/ });
  }

  it('says while one types whether the name can be had', async () => {
    const field = await open();

    await userEvent.type(field, 'orders');
    expect(await screen.findByText(TAKEN)).toBeInTheDocument();
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(expect.stringContaining(TAKEN));

    await userEvent.type(field, '-2');
    expect(await screen.findByText('“orders-2” is free.')).toBeInTheDocument();
    expect(screen.queryByText(TAKEN)).not.toBeInTheDocument();
    expect(field).toBeValid();
  });

  it('asks the platform only about names that follow the rules', async () => {
    const field = await open();

    await userEvent.type(field, 'My Service');
    expect(
      await screen.findByText(/Use lower-case letters, digits/),
    ).toBeInTheDocument();
    await userEvent.clear(field);
    await userEvent.type(field, 'catalog');
    expect(await screen.findByText(/reserved/)).toBeInTheDocument();

    expect(checkServiceName).not.toHaveBeenCalled();
  });

  it('leaves it to the form to say what the form says already', async () => {
    const field = await open([TAKEN]);

    await userEvent.type(field, 'orders');
    await waitFor(() => expect(field).toBeInvalid());

    expect(screen.queryByText(TAKEN)).not.toBeInTheDocument();
  });

  it.each([
    ['payments-api', undefined],
    ['a', 'Use at least 2 characters.'],
    ['orders', TAKEN],
  ])('finds "%s": %s, when the form asks', async (name, problem) => {
    expect(await explainUnusableName(platformApi, name)).toBe(problem);
  });

  it('does not take a failed check for a free name', async () => {
    checkServiceName.mockRejectedValue(new Error('The database is away.'));

    expect(await explainUnusableName(platformApi, 'orders')).toBe(
      'Whether "orders" is free could not be checked: The database is away.',
    );
  });
});
