import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { refusal } from './__testUtils__/refusal';
import { as, startForge, type RunningForge } from './__testUtils__/startForge';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('access tokens', () => {
  let knex: Knex;
  let running: RunningForge;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    running = await startForge({ knex });
  });

  afterAll(async () => {
    await running.stop();
  });

  it('keeps access tokens to their person, and few', async () => {
    const { client } = running;
    const created = await client.createAccessToken(
      { name: ' laptop ', expiresInDays: 30 },
      as('noor'),
    );
    expect(created.token).toMatch(/^slw_[\w-]{43}$/);
    const [listed, ...others] = await client.listAccessTokens(as('noor'));
    expect(others).toEqual([]);
    expect(listed).toEqual({
      id: created.id,
      name: 'laptop',
      createdAt: created.createdAt,
      expiresAt: created.expiresAt,
    });
    expect(
      JSON.stringify(await knex('access_tokens').where({ id: created.id })),
    ).not.toContain(created.token);
    const taken = await Promise.all(
      [1, 2].map(() =>
        refusal(client.createAccessToken({ name: 'laptop' }, as('noor'))),
      ),
    );
    expect(taken[0]).toMatch(
      /^409 name: You have an access token "laptop" already/,
    );
    expect(taken[1]).toBe(taken[0]);
    expect(await client.listAccessTokens(as('zed'))).toEqual([]);
    expect(
      await refusal(client.revokeAccessToken(created.id, as('zed'))),
    ).toMatch(/^404 You have no such access token/);
    await client.revokeAccessToken(created.id, as('noor'));
    expect(await client.listAccessTokens(as('noor'))).toEqual([]);

    expect(
      await refusal(client.createAccessToken({ name: ' ' }, as('noor'))),
    ).toMatch(/^400 .*Give the token a name/);
    expect(
      await refusal(
        client.createAccessToken({ name: 'x', expiresInDays: 0 }, as('noor')),
      ),
    ).toMatch(/^400 .*expiresInDays/);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.createAccessToken({ name: `${index}` }, as('noor')),
      ),
    );
    expect(
      await refusal(client.createAccessToken({ name: 'more' }, as('noor'))),
    ).toMatch(/^409 You have 20 access tokens/);
    const service = mockCredentials.service.token({
      onBehalfOf: mockCredentials.service('plugin:catalog'),
      targetPluginId: 'platform',
    });
    expect(await refusal(client.listAccessTokens({ token: service }))).toMatch(
      /^403/,
    );
  });
});
