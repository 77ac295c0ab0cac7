import {
  createResourceProvider,
  planByAttributes,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import { createParameters, type RedisParameters } from './parameters';
import { RedisAccess } from './RedisAccess';
import type { RedisServer } from './server/RedisServer';
import { channelsOf, keysOf } from './users/accessRules';
import { COMMAND_PROFILE_NAMES } from './users/commandProfiles';
import { NO_FURTHER_RULES, VALID_PASSWORD } from './users/observeUser';
import { wantedUser } from './users/RedisUser';

/**
 * A user of its own on a Redis server, who may use the keys and channels with one prefix.
 *
 * @param servers - where users are made; where there are none, nothing is planned
 */
export function createRedisProvider(servers: RedisServer[]): ResourceProvider {
  const access = new RedisAccess(servers);
  const parameters = createParameters(servers.map(({ name }) => name));

  return createResourceProvider<RedisParameters>({
    name: 'redis',
    type: 'redis',
    title: 'Redis cache',
    description:
      'A user and a key prefix on a Redis server that several services share',
    parameters,
    outputs: {
      host: { description: 'Where the server is' },
      port: { description: 'Its port' },
      username: { description: 'Who connects' },
      password: { description: 'What lets the user in', secret: true },
      prefix: {
        description: 'What every key and channel has to begin with',
      },
      url: { description: 'All of it but the prefix', secret: true },
    },

    plan: async (resource, observation) => {
      access.server(resource.parameters.server);
      const { server, prefix } = wantedUser(resource);
      const before = observation?.attributes.server;
      return planByAttributes({
        wanted: {
          server,
          commands: resource.parameters.commands,
          keys: keysOf(prefix),
          channels: channelsOf(prefix),
          furtherRules: NO_FURTHER_RULES,
          enabled: true,
          password: VALID_PASSWORD,
        },
        observation,
        replacing:
          before === undefined || before === server
            ? {}
            : { server: `All keys on the server "${before}".` },
      });
    },
    observe: (resource, { signal }) => access.observe(resource, signal),
    apply: (resource, context) => access.grant(resource, context),
    destroy: (resource, context) => access.remove(resource, context),
    softDelete: {
      suspend: (resource, context) => access.suspend(resource, context),
      restore: (resource, context) => access.grant(resource, context),
    },
    rotation: {
      issue: (resource, context) => access.issue(resource, context),
      revoke: (resource, context) => access.revoke(resource, context),
    },
    acceptDrift: (resource, { attributes }) => {
      const commands = COMMAND_PROFILE_NAMES.find(
        profile => profile === attributes.commands,
      );
      return commands && { ...resource.parameters, commands };
    },
    adoption: {
      existing: z.strictObject({
        server: parameters.shape.server,
        username: z.string().min(1).meta({ title: 'Name of the user' }),
      }),
      find: (existing, { signal }) => access.find(existing, signal),
      adopt: (resource, existing, context) =>
        access.adopt(resource, existing, context),
    },
  });
}
