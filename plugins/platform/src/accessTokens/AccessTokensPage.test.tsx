import type { AccessToken } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aRepository, secondsAgo } from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

describe('the access tokens page', () => {
  it('creates a token, shows its secret once, and revokes it once that is confirmed', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    let tokens: AccessToken[] = [];
    const createAccessToken = jest.fn(async ({ name }: { name: string }) => {
      const created = { id: 'token-1', name, createdAt: secondsAgo(0) };
      tokens = [created];
      return { ...created, token: 'secret-of-the-laptop' };
    });
    const revokeAccessToken = jest.fn(async () => {
      tokens = [];
    });
    renderPlatform(
      { path: '/settings/access-tokens' },
      {
        listAccessTokens: async () => tokens,
        listRepositories: async () => [aRepository()],
        createAccessToken,
        revokeAccessToken,
      },
    );

    expect(await screen.findByText('No tokens yet')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Create token' }));
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Create' });
    await user.click(submit);
    expect(dialog.getByText(/Give it a name/)).toBeVisible();
    expect(createAccessToken).not.toHaveBeenCalled();
    await user.type(dialog.getByRole('textbox', { name: /Name/ }), 'laptop');
    await user.click(submit);

    expect(createAccessToken).toHaveBeenCalledWith({
      name: 'laptop',
      expiresInDays: 90,
    });
    expect(
      await screen.findByDisplayValue('secret-of-the-laptop'),
    ).toBeVisible();
    expect(
      await screen.findByText('git clone http://localhost:7007/git/orders.git'),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Copy the token' }));
    expect(copied).toHaveBeenCalledWith('secret-of-the-laptop');
    await user.click(screen.getByRole('button', { name: 'I have copied it' }));
    expect(screen.queryByDisplayValue('secret-of-the-laptop')).toBeNull();

    await user.click(
      await screen.findByRole('button', { name: 'Revoke laptop' }),
    );
    const confirm = within(await screen.findByRole('dialog'));
    expect(revokeAccessToken).not.toHaveBeenCalled();
    await user.click(confirm.getByRole('button', { name: 'Revoke' }));
    expect(revokeAccessToken).toHaveBeenCalledWith('token-1');
    expect(await screen.findByText('No tokens yet')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
