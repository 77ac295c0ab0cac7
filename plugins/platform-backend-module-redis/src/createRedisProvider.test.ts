import {
  type AppliedResource,
  type ProvidedResource,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { createClient } from '@redis/client';
import { once } from 'node:events';
import { TestRedis } from './__testUtils__/TestRedis';
import { createContext, createResource } from './__testUtils__/testResource';
import { createRedisProvider } from './createRedisProvider';

const quiet = { signal: new AbortController().signal };

async function made(
  provider: ResourceProvider,
  overrides: Partial<ProvidedResource> = {},
): Promise<ProvidedResource> {
  const resource = createResource(overrides);
  return afterwards(resource, await provider.apply(resource, createContext()));
}

function afterwards(
  resource: ProvidedResource,
  { outputs, state = {} }: AppliedResource,
): ProvidedResource {
  return { ...resource, outputs, state };
}

describe('createRedisProvider', () => {
  let redis: TestRedis;
  let provider: ResourceProvider;

  beforeAll(async () => {
    redis = await TestRedis.start();
    provider = createRedisProvider([redis.server()]);
  });
  afterAll(() => redis?.remove());

  it('gives each its own keys and channels, and nothing else', async () => {
    const { outputs } = await made(provider);
    const { outputs: others } = await made(provider);
    const ask = (...command: string[]) => redis.ask(command, outputs.url);
    await redis.ask(['SET', `${others.prefix}row`, 'theirs'], others.url);

    expect(outputs.prefix).toMatch(/^orders\.cache-[0-9a-f]{12}:$/);
    await expect(ask('SET', `${outputs.prefix}row`, '1')).resolves.toBe('OK');
    await expect(ask('GET', `${outputs.prefix}row`)).resolves.toBe('1');
    await expect(ask('PUBLISH', `${outputs.prefix}news`, '1')).resolves.toBe(0);
    await expect(
      ask(
        'EVAL',
        'return redis.call("incr", KEYS[1])',
        '1',
        `${outputs.prefix}row`,
      ),
    ).resolves.toBe(2);
    await expect(ask('INFO', 'server')).resolves.toContain('redis_version');
    for (const forbidden of [
      ['GET', `${others.prefix}row`],
      ['SET', `${others.prefix}row`, 'mine'],
      ['RENAME', `${outputs.prefix}row`, `${others.prefix}row`],
      ['EVAL', `return redis.call("get", "${others.prefix}row")`, '0'],
      ['PUBLISH', `${others.prefix}news`, '1'],
      ['SCAN', '0'],
      ['KEYS', '*'],
      ['RANDOMKEY'],
      ['PUBSUB', 'CHANNELS'],
      ['FLUSHALL'],
      ['FLUSHDB'],
      ['ACL', 'LIST'],
      ['CONFIG', 'GET', '*'],
      ['CLIENT', 'LIST'],
      ['FUNCTION', 'FLUSH'],
      ['SCRIPT', 'FLUSH'],
      ['MONITOR'],
      ['SHUTDOWN'],
    ]) {
      await expect(ask(...forbidden)).rejects.toThrow(/NOPERM|can't access/);
    }
  });

  it('lets those who may only read only read', async () => {
    const { outputs } = await made(provider, {
      parameters: { server: 'shared', commands: 'read-only' },
    });
    const ask = (...command: string[]) => redis.ask(command, outputs.url);

    await expect(ask('GET', `${outputs.prefix}row`)).resolves.toBeNull();
    await expect(ask('SET', `${outputs.prefix}row`, '1')).rejects.toThrow(
      'NOPERM',
    );
    await expect(ask('PUBLISH', `${outputs.prefix}a`, '1')).rejects.toThrow(
      'NOPERM',
    );
    await expect(ask('GETDEL', `${outputs.prefix}row`)).rejects.toThrow(
      'NOPERM',
    );
  });

  it.each([
    ['commands', ['+flushall', '-get'], 'read-write +flushall -get'],
    ['keys', ['~*'], '~*'],
    ['channels', ['allchannels'], '&*'],
    ['furtherRules', ['(+@all ~a:*)'], expect.stringContaining('~a:*)')],
    ['enabled', ['off'], false],
    ['password', ['nopass'], 'none is needed'],
    ['password', ['resetpass', '>another'], 'not the one given out'],
  ])('finds and mends %s after %j', async (field, rules, from) => {
    const resource = await made(provider);
    await redis.ask(['ACL', 'SETUSER', resource.outputs.username, ...rules]);

    const { action, fields } = await provider.plan(
      resource,
      await provider.observe(resource, quiet),
      quiet,
    );
    expect(action).toBe('update');
    expect(fields).toEqual([expect.objectContaining({ field, from })]);

    await provider.apply(resource, createContext());
    await expect(
      provider.plan(resource, await provider.observe(resource, quiet), quiet),
    ).resolves.toEqual({ action: 'none', fields: [] });
    await expect(redis.ask(['PING'], resource.outputs.url)).resolves.toBe(
      'PONG',
    );
  });

  it('accepts only drift that can be asked for', async () => {
    const resource = await made(provider);
    const accepted = async () =>
      provider.acceptDrift?.(resource, await provider.observe(resource, quiet));
    await redis.ask(['ACL', 'SETUSER', resource.outputs.username, '+flushall']);
    await expect(accepted()).resolves.toBeUndefined();
  });

  it('ends open connections when it takes access away', async () => {
    const resource = await made(provider);
    const client = createClient({
      url: resource.outputs.url,
      socket: { reconnectStrategy: false },
    });
    const ended = once(client, 'error');
    await client.connect();

    await provider.softDelete?.suspend(resource, createContext());

    await ended;
    await expect(redis.ask(['PING'], resource.outputs.url)).rejects.toThrow(
      'WRONGPASS',
    );
  });

  it('takes every key away, in every database, and no others', async () => {
    const resource = await made(provider);
    const { prefix } = resource.outputs;
    const fill = `for i = 1, 5000 do redis.call('set', ARGV[1] .. i, i) end`;
    await redis.ask(['EVAL', fill, '0', prefix]);
    await redis.ask(['SET', `${prefix}three`, '1'], `${redis.url}/3`);
    await redis.ask(['SET', `x${prefix}`, 'stays']);
    const context = createContext();

    await provider.destroy(resource, context);

    await expect(redis.ask(['KEYS', `${prefix}*`])).resolves.toEqual([]);
    await expect(redis.ask(['KEYS', '*'], `${redis.url}/3`)).resolves.toEqual(
      [],
    );
    await expect(redis.ask(['GET', `x${prefix}`])).resolves.toBe('stays');
    expect(context.said.join()).toContain('5001 keys are gone');
  });

  it.each([
    ['keys', ['~a*', '~b*', '&a*', '+@all'], 'they must be one prefix'],
    ['patterns', ['~a?*', '&a*', '+@all'], 'they must be one prefix'],
    ['channels', ['~a*', 'allchannels', '+@all'], 'they must be &a*'],
    ['commands', ['~a*', '&a*', '+@all'], 'commands are read-write +'],
    ['selectors', ['~a*', '&a*', '+@all', '(+get ~b)'], 'it must have none'],
    ['state', ['off', '~a*', '&a*'], 'it must be on'],
  ])(
    'does not adopt a user because of its %s',
    async (_what, rules, message) => {
      await redis.ask(['ACL', 'SETUSER', 'legacy', 'reset', 'on', ...rules]);
      await expect(
        provider.adoption?.find(
          { server: 'shared', username: 'legacy' },
          quiet,
        ),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(message),
      });
    },
  );

  it('refuses to plan where no server is configured, and says what to do', async () => {
    const none = createRedisProvider([]);
    const parameters = none.parameters.parse({});
    await expect(
      none.plan(createResource({ parameters }), undefined, quiet),
    ).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining('knows no Redis server'),
      hint: expect.stringContaining('platform.redis.servers'),
    });
    await none.destroy(createResource({ parameters }), createContext());
  });

  it('does not take for gone what stands on a server it knows no more', async () => {
    const resource = await made(provider);
    const another = createRedisProvider([redis.server('another')]);
    await expect(another.destroy(resource, createContext())).rejects.toThrow(
      'knows no Redis server "shared". It knows another.',
    );
  });
});

describe('Users of Redis over a restart of the server', () => {
  it.each(['acl-file', 'configuration'] as const)(
    'are kept in its %s',
    async storage => {
      const redis = await TestRedis.start(storage);
      try {
        const provider = createRedisProvider([redis.server()]);
        const resource = await made(provider);
        await redis.restart();
        await expect(redis.ask(['PING'], resource.outputs.url)).resolves.toBe(
          'PONG',
        );
        await provider.destroy(resource, createContext());
        await redis.restart();
        await expect(redis.ask(['ACL', 'USERS'])).resolves.toEqual(['default']);
      } finally {
        await redis.remove();
      }
    },
  );

  it('are missing where it keeps none, and made again with the same password', async () => {
    const redis = await TestRedis.start('memory');
    try {
      const provider = createRedisProvider([redis.server()]);
      const context = createContext();
      const resource = createResource();
      const before = afterwards(
        resource,
        await provider.apply(resource, context),
      );
      expect(context.said.join()).toContain('no file for its users (aclfile)');
      await redis.restart();

      await expect(provider.observe(before, quiet)).resolves.toMatchObject({
        exists: false,
      });
      await expect(
        provider.rotation?.issue(before, createContext()),
      ).rejects.toMatchObject({ name: 'OperationFailedError' });
      const { outputs } = await provider.apply(before, createContext());
      expect(outputs).toEqual(before.outputs);
      await expect(redis.ask(['PING'], outputs.url)).resolves.toBe('PONG');
    } finally {
      await redis.remove();
    }
  });
});
