import type { LocalAuthClient, LocalSession } from './LocalAuthClient';
import { LocalIdentity } from './LocalIdentity';
import { SignInError } from './SignInError';

const NOW = Date.parse('2026-11-23T12:00:00Z');

function session(token: string, secondsLeft: number): LocalSession {
  return {
    token,
    expiresAt: NOW + secondsLeft * 1000,
    profile: { displayName: 'Mara Lindqvist' },
    identity: {
      type: 'user',
      userEntityRef: 'user:default/mara',
      ownershipEntityRefs: ['user:default/mara'],
    },
  };
}

describe('LocalIdentity', () => {
  const refresh = jest.fn<Promise<LocalSession | undefined>, []>();
  const onSessionEnded = jest.fn();

  beforeEach(() => {
    jest.resetAllMocks();
    jest.useFakeTimers({ now: NOW });
  });

  afterEach(() => jest.useRealTimers());

  function identityWith(current: LocalSession) {
    const client = { refresh } as unknown as LocalAuthClient;
    return new LocalIdentity({ client, session: current, onSessionEnded });
  }

  it('uses the token it has as long as it holds for a while', async () => {
    const identity = identityWith(session('first', 61));

    expect(await identity.getCredentials()).toEqual({ token: 'first' });
    expect(refresh).not.toHaveBeenCalled();
  });

  it('replaces a token that is about to expire, once however many ask', async () => {
    refresh.mockResolvedValue(session('second', 3600));
    const identity = identityWith(session('first', 59));

    const answers = await Promise.all([
      identity.getCredentials(),
      identity.getCredentials(),
      identity.getCredentials(),
    ]);

    expect(answers).toEqual(Array(3).fill({ token: 'second' }));
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(onSessionEnded).not.toHaveBeenCalled();
  });

  it('goes on with the old token while the portal restarts, until it has expired', async () => {
    refresh.mockRejectedValue(new SignInError('unreachable', 'No answer.'));
    const identity = identityWith(session('first', 30));

    expect(await identity.getCredentials()).toEqual({ token: 'first' });
    jest.setSystemTime(NOW + 31_000);
    await expect(identity.getCredentials()).rejects.toThrow('No answer.');

    refresh.mockResolvedValue(session('second', 3600));
    expect(await identity.getCredentials()).toEqual({ token: 'second' });
    expect(onSessionEnded).not.toHaveBeenCalled();
  });

  it('says that the session has ended when the server no longer knows it', async () => {
    refresh.mockResolvedValue(undefined);
    const identity = identityWith(session('first', 30));

    await identity.getCredentials();

    expect(onSessionEnded).toHaveBeenCalledTimes(1);
  });
});
