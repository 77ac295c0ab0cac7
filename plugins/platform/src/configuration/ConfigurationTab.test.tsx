import type {
  Configuration,
  PlatformApi,
} from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aRun, dev, prod } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

function aConfiguration(
  configuration: Partial<Configuration> = {},
): Configuration {
  return {
    service: 'orders',
    environment: 'dev',
    version: 3,
    variables: { LOG_LEVEL: 'info', REGION: 'north' },
    secrets: ['API_TOKEN'],
    missing: [],
    history: [],
    ...configuration,
  };
}

function open(platformApi: Partial<PlatformApi>) {
  return renderPlatform(
    { tab: 'configuration' },
    {
      listEnvironments: async () => [dev, prod],
      getConfiguration: async () => aConfiguration(),
      ...platformApi,
    },
  );
}

const row = async (name: RegExp) =>
  within(await screen.findByRole('row', { name }));

describe('the configuration tab', () => {
  it('collects changes, and applies them together', async () => {
    const user = userEvent.setup();
    const configure = jest.fn(async () => aRun());
    open({ configure });

    await user.click(
      (await row(/LOG_LEVEL/)).getByRole('button', {
        name: 'Change LOG_LEVEL',
      }),
    );
    let dialog = within(await screen.findByRole('dialog'));
    await user.clear(dialog.getByLabelText('Value'));
    await user.type(dialog.getByLabelText('Value'), 'debug');
    await user.click(dialog.getByRole('button', { name: 'Change' }));
    expect((await row(/LOG_LEVEL/)).getByText('debug')).toBeVisible();

    await user.click(
      (await row(/REGION/)).getByRole('button', { name: 'Remove REGION' }),
    );
    await user.click(
      (await row(/API_TOKEN/)).getByRole('button', {
        name: 'Change API_TOKEN',
      }),
    );
    dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('Value'), 'short');
    await user.click(dialog.getByRole('button', { name: 'Change' }));
    expect(dialog.getByRole('alert')).toHaveTextContent(
      'A secret takes at least 6 characters.',
    );
    await user.type(dialog.getByLabelText('Value'), '-no-more');
    await user.click(dialog.getByRole('button', { name: 'Change' }));
    expect(await screen.findByText('3 changes not applied yet')).toBeVisible();
    expect(screen.queryByText('short-no-more')).toBeNull();
    expect(configure).not.toHaveBeenCalled();

    await user.click(screen.getByRole('button', { name: 'Apply' }));
    dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/Reason/), 'Look closer');
    await user.click(dialog.getByRole('button', { name: 'Apply' }));
    expect(configure).toHaveBeenCalledWith({
      service: 'orders',
      environment: 'dev',
      version: 3,
      variables: { LOG_LEVEL: 'debug', REGION: null },
      secrets: { API_TOKEN: 'short-no-more' },
      reason: 'Look closer',
    });
    await waitFor(() =>
      expect(screen.queryByText(/not applied yet/)).toBeNull(),
    );
  });

  it('adds what has a name of its own, and leaves what was changed by mistake', async () => {
    const user = userEvent.setup();
    open({});
    await user.click(await screen.findByRole('button', { name: 'Add' }));
    const dialog = within(await screen.findByRole('dialog'));
    const add = dialog.getByRole('button', { name: 'Add to the changes' });
    await user.type(dialog.getByLabelText('Name'), '1ST');
    await user.click(add);
    expect(dialog.getByRole('alert')).toHaveTextContent('Use letters');
    await user.clear(dialog.getByLabelText('Name'));
    await user.type(dialog.getByLabelText('Name'), 'REGION');
    await user.click(add);
    expect(dialog.getByRole('alert')).toHaveTextContent('there already');
    await user.clear(dialog.getByLabelText('Name'));
    await user.type(dialog.getByLabelText('Name'), 'SIZE');
    await user.type(dialog.getByLabelText('Value'), '12');
    await user.click(add);
    expect((await row(/SIZE/)).getByText('added')).toBeVisible();

    await user.click(
      (await row(/REGION/)).getByRole('button', { name: 'Remove REGION' }),
    );
    await user.click(
      (await row(/REGION/)).getByRole('button', {
        name: 'Leave REGION as it is',
      }),
    );
    await user.click(
      (await row(/SIZE/)).getByRole('button', { name: 'Remove SIZE' }),
    );
    expect(screen.queryByText(/not applied yet/)).toBeNull();
  });

  it('says what is missing, who changed what, and that nothing is set elsewhere', async () => {
    const user = userEvent.setup();
    open({
      getConfiguration: async ({ environment }) =>
        environment === 'prod'
          ? aConfiguration({
              environment,
              version: 0,
              variables: {},
              secrets: [],
            })
          : aConfiguration({
              missing: ['GREETING'],
              history: [
                {
                  version: 3,
                  reason: 'Look closer',
                  changedBy: 'user:default/mara',
                  changedAt: new Date().toISOString(),
                  runId: 'run-3',
                  changes: [
                    {
                      key: 'LOG_LEVEL',
                      isSecret: false,
                      action: 'change',
                      from: 'debug',
                      to: 'info',
                    },
                    { key: 'API_TOKEN', isSecret: true, action: 'add' },
                  ],
                },
              ],
            }),
    });
    expect(
      await screen.findByText('score.yaml asks for GREETING'),
    ).toBeVisible();
    const version = await row(/c3/);
    expect(version.getByText(/debug → info/)).toBeVisible();
    expect(version.getByText(/secret set/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: /Environment/ }));
    await user.click(await screen.findByRole('option', { name: 'Production' }));
    expect(await screen.findByText('Nothing is set here')).toBeVisible();
  });
});
