import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { configApiRef } from '@backstage/frontend-plugin-api';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LocalAuth, localAuthApiRef } from './LocalAuth';
import { SignInPage } from './SignInPage';

const SESSION = {
  profile: { displayName: 'Mara Lindqvist' },
  backstageIdentity: {
    token: 'token-of-mara',
    expiresInSeconds: 3600,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/mara',
      ownershipEntityRefs: ['user:default/mara'],
    },
  },
};

/** A sign-in provider that knows one person, with what it answers next under the test's control. */
class FakeProvider {
  signedIn = false;
  reachable = true;
  retryAfter?: number;
  readonly attempts: unknown[] = [];

  readonly fetch = async (input: unknown, init?: RequestInit) => {
    if (!this.reachable) {
      throw new TypeError('Failed to fetch');
    }
    const action = String(input).split('/').pop();
    if (action === 'refresh') {
      return this.signedIn ? answer(200, SESSION) : answer(401);
    }
    const attempt = JSON.parse(String(init?.body));
    this.attempts.push(attempt);
    if (this.retryAfter) {
      return answer(429, {}, { 'retry-after': String(this.retryAfter) });
    }
    if (attempt.password !== 'right') {
      const message = 'The user name or the password is wrong.';
      return answer(401, { error: { name: 'AuthenticationError', message } });
    }
    this.signedIn = true;
    return answer(200, { userEntityRef: 'user:default/mara' });
  };
}

function answer(status: number, body: unknown = {}, headers = {}) {
  return new Response(JSON.stringify(body), { status, headers });
}

describe('SignInPage', () => {
  let provider: FakeProvider;

  beforeEach(() => {
    provider = new FakeProvider();
    jest
      .spyOn(global, 'fetch')
      .mockImplementation(provider.fetch as typeof fetch);
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  function open() {
    const onSignInSuccess = jest.fn();
    const discoveryApi = mockApis.discovery({ baseUrl: 'http://portal' });
    renderInTestApp(
      <TestApiProvider
        apis={[
          [localAuthApiRef, new LocalAuth({ discoveryApi })],
          [
            configApiRef,
            mockApis.config({ data: { app: { title: 'Slipway' } } }),
          ],
        ]}
      >
        <SignInPage onSignInSuccess={onSignInSuccess} />
      </TestApiProvider>,
    );
    return onSignInSuccess;
  }

  it('brings a session back without asking', async () => {
    provider.signedIn = true;
    const onSignInSuccess = open();

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [identity] = onSignInSuccess.mock.calls[0];
    expect(await identity.getCredentials()).toEqual({ token: 'token-of-mara' });
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/mara',
    });
    expect(screen.queryByLabelText('User name')).not.toBeInTheDocument();
  });

  it('can be filled in by a password manager, and signs in', async () => {
    const onSignInSuccess = open();

    const username = await screen.findByLabelText('User name');
    const password = screen.getByLabelText('Password');
    expect(username).toHaveFocus();
    expect(username).toHaveAttribute('autocomplete', 'username');
    expect(password).toHaveAttribute('autocomplete', 'current-password');
    expect(screen.getByText(/First time here\?/)).toBeInTheDocument();

    await userEvent.type(username, ' mara ');
    await userEvent.type(password, 'right{Enter}');

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(provider.attempts).toEqual([
      { username: 'mara', password: 'right' },
    ]);
  });

  it('says what is wrong, and keeps the name', async () => {
    const onSignInSuccess = open();

    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Enter your user name and password.',
    );
    expect(provider.attempts).toEqual([]);

    await userEvent.type(screen.getByLabelText('User name'), 'mara');
    await userEvent.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        'The user name or the password is wrong.',
      ),
    );
    expect(screen.getByLabelText('User name')).toHaveValue('mara');
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });

  it('says how long to wait after too many attempts, and counts down', async () => {
    provider.retryAfter = 2;
    open();
    await screen.findByLabelText('User name');
    jest.useFakeTimers();
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });

    await user.type(screen.getByLabelText('User name'), 'mara');
    await user.type(screen.getByLabelText('Password'), 'guess{Enter}');

    expect(await screen.findByText(/Wait 2 seconds/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeDisabled();
    act(() => jest.advanceTimersByTime(1000));
    expect(screen.getByText(/Wait 1 second,/)).toBeInTheDocument();
    act(() => jest.advanceTimersByTime(1000));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  });

  it('waits for a portal that does not answer', async () => {
    provider.reachable = false;
    provider.signedIn = true;
    const onSignInSuccess = open();

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The portal does not answer',
    );
    provider.reachable = true;
    await userEvent.click(
      screen.getByRole('button', { name: 'Look again now' }),
    );

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
  });
});
