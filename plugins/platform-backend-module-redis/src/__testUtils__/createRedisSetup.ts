import type { ProvidedResource } from '@slipway/plugin-platform-node';
import type { ProviderSetup } from '@slipway/plugin-platform-node/testUtils';
import { randomUUID } from 'node:crypto';
import { createRedisProvider } from '../createRedisProvider';
import { COMMAND_PROFILES } from '../users/commandProfiles';
import { currentUser } from '../users/RedisUser';
import { DyingRedisServer } from './DyingRedisServer';
import type { TestRedis } from './TestRedis';

/** Two real servers: what can't be had without losing data is a place on the other one. */
export function createRedisSetup(servers: {
  shared: TestRedis;
  other: TestRedis;
}): ProviderSetup {
  const entries = Object.entries(servers) as Array<
    [keyof typeof servers, TestRedis]
  >;
  const userOf = (resource: ProvidedResource) =>
    currentUser({
      ...resource,
      parameters: { server: String(resource.parameters.server) },
    });
  const homeOf = (resource: ProvidedResource) =>
    servers[userOf(resource).server as keyof typeof servers];

  return {
    provider: createRedisProvider(
      entries.map(([name, redis]) => redis.server(name)),
    ),
    parameters: { server: 'shared' },
    changed: { server: 'shared', commands: 'read-only' },
    losing: { server: 'other' },
    bad: [
      ['a server that is not there', { server: 'nowhere' }, '"shared"'],
      ['commands that nobody may have', { commands: '+@all' }, '"read-only"'],
    ],
    drift: async resource => {
      await homeOf(resource).ask([
        ...['ACL', 'SETUSER', userOf(resource).name],
        ...['nocommands', ...COMMAND_PROFILES['read-only']],
      ]);
      return 'commands';
    },
    remove: async resource => {
      await homeOf(resource).ask(['ACL', 'DELUSER', userOf(resource).name]);
    },
    count: async resource => {
      const { name, prefix } = userOf(resource);
      const found = await Promise.all(
        entries.map(async ([, redis]) => {
          const users = (await redis.ask(['ACL', 'LIST'])) as string[];
          const mine = users.filter(
            user => user.includes(prefix) || user.includes(name),
          );
          const keys = (await redis.ask(['KEYS', `${prefix}*`])) as string[];
          return mine.length + (mine.length === 0 ? keys.length : 0);
        }),
      );
      return found.reduce((sum, number) => sum + number, 0);
    },
    dying: effects => {
      const budget = { effects };
      return createRedisProvider(
        entries.map(
          ([name, { url, port }]) =>
            new DyingRedisServer(
              { name, url, host: '127.0.0.1', port },
              budget,
            ),
        ),
      );
    },
    isUsable: async resource => {
      const { url, prefix } = resource.outputs;
      return await homeOf(resource)
        .ask(['EXISTS', `${prefix}any`], url)
        .then(
          () => true,
          () => false,
        );
    },
    data: {
      write: async resource => {
        const { url, prefix } = resource.outputs;
        await homeOf(resource).ask(['SET', `${prefix}row`, 'kept'], url);
      },
      isThere: async resource => {
        const { prefix } = userOf(resource);
        return (await homeOf(resource).ask(['GET', `${prefix}row`])) === 'kept';
      },
    },
    existing: {
      make: async () => {
        const username = `by-hand-${randomUUID()}`;
        await servers.shared.ask([
          ...['ACL', 'SETUSER', username, 'on', '>known'],
          ...[`~${username}/*`, `&${username}/*`],
          ...COMMAND_PROFILES['read-write'],
        ]);
        await servers.shared.ask(['SET', `${username}/row`, 'kept']);
        return { server: 'shared', username };
      },
      missing: { server: 'shared', username: 'nobody' },
    },
    cleanUp: async () => {
      for (const [, redis] of entries) {
        const users = (await redis.ask(['ACL', 'USERS'])) as string[];
        const made = users.filter(name => name !== 'default');
        if (made.length > 0) {
          await redis.ask(['ACL', 'DELUSER', ...made]);
        }
        await redis.ask(['FLUSHALL']);
      }
    },
  };
}
