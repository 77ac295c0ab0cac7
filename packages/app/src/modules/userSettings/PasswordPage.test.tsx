import { toastApiRef } from '@backstage/frontend-plugin-api';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { localAuthApiRef, type LocalAuthApi } from '../auth';
import { PasswordPage } from './PasswordPage';

describe('PasswordPage', () => {
  const changePassword = jest.fn<Promise<void>, [string, string]>();
  const post = jest.fn();

  beforeEach(() => jest.resetAllMocks());

  it('changes the password once the server accepts it, and says why it did not', async () => {
    changePassword.mockRejectedValueOnce(
      new Error('The new password has 5 characters; use at least 12.'),
    );
    const auth = { changePassword } as Partial<LocalAuthApi>;
    renderInTestApp(
      <TestApiProvider
        apis={[
          [localAuthApiRef, auth as LocalAuthApi],
          [toastApiRef, { post }],
        ]}
      >
        <PasswordPage />
      </TestApiProvider>,
    );

    const current = await screen.findByLabelText('Current password');
    const replacement = screen.getByLabelText('New password');
    const submit = screen.getByRole('button', { name: 'Change password' });
    expect(submit).toBeDisabled();
    expect(replacement).toHaveAttribute('autocomplete', 'new-password');

    await userEvent.type(current, 'old one');
    await userEvent.type(replacement, 'short');
    await userEvent.click(submit);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The new password has 5 characters; use at least 12.',
    );
    expect(current).toHaveValue('old one');

    changePassword.mockResolvedValueOnce(undefined);
    await userEvent.type(replacement, ' no longer');
    await userEvent.click(submit);
    await waitFor(() =>
      expect(post).toHaveBeenCalledWith(
        expect.objectContaining({ status: 'success' }),
      ),
    );
    expect(changePassword).toHaveBeenLastCalledWith(
      'old one',
      'short no longer',
    );
    expect(current).toHaveValue('');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
