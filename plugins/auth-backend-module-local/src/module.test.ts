import { stat } from 'node:fs/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  buildUser,
  LocalAuthHarness,
  readCookie,
} from './__testUtils__/LocalAuthHarness';

jest.setTimeout(60_000);

const mara = buildUser('mara', 'payments');
const noor = buildUser('noor', 'logistics');
const NEW_PASSWORD = 'a river runs past the mill';

describe('auth module local', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const harnesses: LocalAuthHarness[] = [];

  async function createHarness(options?: { baseUrl?: string }) {
    const knex = await databases.init('POSTGRES_18');
    const harness = await LocalAuthHarness.create(knex, options);
    harnesses.push(harness);
    return { harness, knex };
  }

  afterEach(async () => {
    await Promise.all(harnesses.splice(0).map(harness => harness.stop()));
  });

  it('generates passwords once and hands them over in a file only its owner can read', async () => {
    const { harness, knex } = await createHarness();
    await harness.start([mara]);
    const first = await harness.readPasswords();
    expect(first).toEqual({
      mara: expect.stringMatching(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/),
    });
    expect((await stat(harness.passwordFile)).mode & 0o777).toBe(0o600);
    const [credential] = await knex('local_credentials');
    expect(credential.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);

    await harness.start([mara, noor]);
    const second = await harness.readPasswords();
    expect(second.mara).toBe(first.mara);
    await harness.open('mara', first.mara);
    await harness.open('Noor', second.noor);
  });

  it('finishes what a crash between file and database left', async () => {
    const { harness, knex } = await createHarness();
    await harness.start([mara]);
    const { mara: password } = await harness.readPasswords();
    await knex('local_credentials').delete();

    await harness.start([mara]);
    expect(await harness.readPasswords()).toEqual({ mara: password });
    await harness.open('mara', password);
  });

  it('refuses to start where no user is declared, and changes nothing', async () => {
    const { harness, knex } = await createHarness();
    await harness.start([mara]);
    await expect(harness.start([])).rejects.toThrow(
      /names no file with a User entity: looked in .*\*\.yaml/,
    );
    expect(await knex('local_credentials')).toHaveLength(1);
  });

  it('opens a session that outlives the backend and ends with signing out', async () => {
    const { harness } = await createHarness();
    await harness.start([mara]);
    const { mara: password } = await harness.readPasswords();

    const login = await harness.login('mara', password).expect(200);
    expect(login.body).toEqual({
      providerInfo: {},
      profile: { displayName: 'mara of payments', email: 'mara@example.com' },
      backstageIdentity: {
        token: expect.any(String),
        expiresInSeconds: expect.any(Number),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/mara',
          ownershipEntityRefs: ['user:default/mara', 'group:default/payments'],
        },
      },
    });
    const [attributes] = login.get('Set-Cookie') ?? [];
    expect(attributes).toMatch(
      /^slipway-session=[\w-]{43}; Path=\/api\/auth\/local; Expires=.*; HttpOnly; SameSite=Lax$/,
    );

    await harness.start([mara]);
    const cookie = readCookie(login);
    const refreshed = await harness.call('get', '/local/refresh', cookie);
    expect(refreshed.status).toBe(200);
    expect(refreshed.body.backstageIdentity.identity).toEqual(
      login.body.backstageIdentity.identity,
    );
    const keys = await harness.callBare('get', '/.well-known/jwks.json');
    expect(keys.body.keys.map((key: { kid: string }) => key.kid)).toEqual(
      expect.arrayContaining([
        readKeyId(login.body.backstageIdentity.token),
        readKeyId(refreshed.body.backstageIdentity.token),
      ]),
    );

    const logout = await harness.call('post', '/local/logout', cookie);
    expect(logout.status).toBe(204);
    expect(logout.get('Set-Cookie')?.[0]).toMatch(/Expires=Thu, 01 Jan 1970/);
    await harness.call('get', '/local/refresh', cookie).expect(401);
    await harness.call('post', '/local/logout', cookie).expect(204);
  });

  it('sends the cookie over encrypted connections only where the portal has one', async () => {
    const baseUrl = 'https://portal.example.com';
    const { harness } = await createHarness({ baseUrl });
    await harness.start([mara]);
    const { mara: password } = await harness.readPasswords();
    const response = await harness.login('mara', password);
    expect(response.get('Set-Cookie')?.[0]).toMatch(/; Secure;/);
  });

  it('keeps people apart who sign in at the same moment', async () => {
    const { harness } = await createHarness();
    await harness.start([mara, noor]);
    const passwords = await harness.readPasswords();
    const names = ['mara', 'noor', 'noor', 'mara'];
    const answers = await Promise.all(
      names.map(name => harness.login(name, passwords[name]).expect(200)),
    );
    const users = answers.map(
      ({ body }) => body.backstageIdentity.identity.userEntityRef,
    );
    expect(users).toEqual(names.map(name => `user:default/${name}`));
  });

  it('ends a session that was not used for long', async () => {
    const { harness, knex } = await createHarness();
    await harness.start([mara]);
    const { mara: password } = await harness.readPasswords();
    const cookie = await harness.open('mara', password);
    await knex('local_sessions').update({ expires_at: new Date() });
    const response = await harness.call('get', '/local/refresh', cookie);
    expect(response.status).toBe(401);
  });

  it('does not say whether name or password was wrong', async () => {
    const { harness } = await createHarness();
    await harness.start([mara]);
    const wrong = await harness.login('mara', 'not her password');
    expect(wrong.status).toBe(401);
    for (const name of ['nobody', 'group:default/payments', 'a/b/c']) {
      const unknown = await harness.login(name, 'not her password');
      expect(unknown.status).toBe(401);
      expect(unknown.body.error).toEqual(wrong.body.error);
    }
  });

  it('says what a request should have been', async () => {
    const { harness } = await createHarness();
    await harness.start([mara]);
    const response = await harness.call('post', '/local/login').send({});
    expect(response.status).toBe(400);
    expect(response.body.error.message).toMatch(/username[^]*password/);
  });

  it('refuses requests that a page of another site could make', async () => {
    const { harness } = await createHarness();
    await harness.start([mara]);
    const { mara: password } = await harness.readPasswords();
    const cookie = await harness.open('mara', password);
    const forged = [
      harness
        .callBare('post', '/local/login')
        .send({ username: 'mara', password }),
      harness.callBare('get', '/local/refresh').set('cookie', cookie),
      harness.callBare('post', '/local/refresh').set('cookie', cookie),
      harness.callBare('post', '/local/logout').set('cookie', cookie),
      harness.callBare('post', '/local/password').set('cookie', cookie),
    ];
    for (const response of await Promise.all(forged)) {
      expect(response.status).toBe(401);
      expect(response.get('Set-Cookie')).toBeUndefined();
    }
    await harness.call('get', '/local/refresh', cookie).expect(200);
  });

  it('makes guessing wait longer and longer, restart or not', async () => {
    const { harness } = await createHarness();
    await harness.start([mara, noor]);
    const passwords = await harness.readPasswords();

    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => harness.login('mara', 'a guess')),
    );
    const answers = guesses.map(guess => guess.status).sort();
    expect(answers).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);

    const waits = guesses.map(guess => Number(guess.get('Retry-After') ?? 1));
    expect(Math.max(...waits)).toBeLessThanOrEqual(5);
    expect(Math.min(...waits)).toBeGreaterThan(0);

    await harness.endWaitsIn(60);
    await harness.start([mara, noor]);
    const refused = await harness.login('mara', passwords.mara);
    expect(refused.status).toBe(429);
    expect(refused.body.error.message).toMatch(
      /^Too many failed attempts to sign in. Wait \d+ seconds, then try again.$/,
    );
    await harness.open('noor', passwords.noor);

    await harness.endWaitsIn(-1);
    await harness.login('mara', 'a guess').expect(401);
    const later = await harness.login('mara', passwords.mara);
    expect(Number(later.get('Retry-After'))).toBeGreaterThan(5);

    await harness.endWaitsIn(-1);
    await harness.open('mara', passwords.mara);
    await harness.login('mara', 'a slip of the finger').expect(401);
    await harness.open('mara', passwords.mara);
  });

  it('makes an address wait that tries many names', async () => {
    const { harness } = await createHarness();
    await harness.start([mara]);
    const { mara: password } = await harness.readPasswords();
    for (let count = 0; count < 20; count++) {
      await harness.login(`name-${count}`, 'a guess').expect(401);
    }
    expect((await harness.login('mara', password)).status).toBe(429);
    await harness.endWaitsIn(-1);
    expect((await harness.login('mara', password)).status).toBe(200);
  });

  it('lets people choose a password of their own', async () => {
    const { harness } = await createHarness();
    await harness.start([mara, noor]);
    const { mara: password } = await harness.readPasswords();
    const cookie = await harness.open('mara', password);
    const elsewhere = await harness.open('mara', password);
    const change = (currentPassword: string, newPassword: string) =>
      harness
        .call('post', '/local/password', cookie)
        .send({ currentPassword, newPassword });

    const refusals = [
      [password, 'short', /has 5 characters. Use at least 12/],
      [password, 'maramaramara', /is the user name/],
      [password, password, /is the current one/],
      ['not her password', NEW_PASSWORD, /current password is not right/],
    ] as const;
    for (const [current, next, message] of refusals) {
      const response = await change(current, next);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toMatch(message);
    }
    await harness
      .call('post', '/local/password')
      .send({ currentPassword: password, newPassword: NEW_PASSWORD })
      .expect(401);

    await change(password, NEW_PASSWORD).expect(204);
    await harness.login('mara', password).expect(401);
    await harness.open('mara', NEW_PASSWORD);
    await harness.call('get', '/local/refresh', cookie).expect(200);
    await harness.call('get', '/local/refresh', elsewhere).expect(401);
    expect(Object.keys(await harness.readPasswords())).toEqual(['noor']);

    await harness.start([mara, noor]);
    expect(Object.keys(await harness.readPasswords())).toEqual(['noor']);
    await harness.open('mara', NEW_PASSWORD);
  });

  it('shuts out whoever was taken out of the organisation', async () => {
    const { harness, knex } = await createHarness();
    await harness.start([mara, noor]);
    const { mara: password } = await harness.readPasswords();
    const cookie = await harness.open('mara', password);

    await harness.start([noor]);
    await harness.call('get', '/local/refresh', cookie).expect(401);
    await harness.login('mara', password).expect(401);
    expect(Object.keys(await harness.readPasswords())).toEqual(['noor']);
    expect(await knex('local_credentials').pluck('user_ref')).toEqual([
      'user:default/noor',
    ]);
  });

  it('asks to wait while the catalog has not read a new user yet', async () => {
    const { harness } = await createHarness();
    await harness.start([mara], []);
    const { mara: password } = await harness.readPasswords();
    const early = await harness.login('mara', password);
    expect(early.status).toBe(503);
    expect(early.body.error.message).toMatch(/not read the entity of mara yet/);

    await harness.start([mara]);
    await harness.open('mara', password);
  });
});

function readKeyId(token: string): string {
  const header = Buffer.from(token.split('.')[0], 'base64url').toString();
  return JSON.parse(header).kid;
}
