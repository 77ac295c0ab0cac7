import type { JsonObject } from '@backstage/types';
import {
  type AppliedResource,
  type Observation,
  OperationFailedError,
  type ProvidedResource,
  type ProviderContext,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { RedisParameters } from './parameters';
import type { RedisConnection } from './server/RedisConnection';
import type { RedisServer } from './server/RedisServer';
import { accessRules } from './users/accessRules';
import { findAdoptableUser } from './users/adoptUser';
import { hashOf, observeUser } from './users/observeUser';
import { currentUser, type RedisUser, wantedUser } from './users/RedisUser';

type Redis = ProvidedResource<RedisParameters>;

const existingUser = z.object({ server: z.string(), username: z.string() });

/** Gives access to Redis servers and takes it away. */
export class RedisAccess {
  readonly #servers: RedisServer[];

  constructor(servers: RedisServer[]) {
    this.#servers = servers;
  }

  /** @throws `OperationFailedError` where the configuration has no such server */
  server(name: string): RedisServer {
    const server = this.#find(name);
    if (server) {
      return server;
    }
    throw new OperationFailedError(
      this.#servers.length === 0
        ? {
            message:
              'This portal knows no Redis server on which it could make a user.',
            hint: 'Ask the platform team to add one to platform.redis.servers in the configuration: a name, and the url of a user who may manage users.',
          }
        : {
            message: `This portal knows no Redis server "${name}". It knows ${this.#servers.map(each => each.name).join(', ')}.`,
            hint: 'Ask the platform team to add it to platform.redis.servers in the configuration.',
          },
    );
  }

  async observe(resource: Redis, signal: AbortSignal): Promise<Observation> {
    const user = currentUser(resource);
    return await this.server(user.server).connected(signal, connection =>
      observeUser(connection, user, resource.outputs.password),
    );
  }

  /** Makes a user what it shall be. Passwords that were given out stay. */
  async grant(
    resource: Redis,
    context: ProviderContext,
  ): Promise<AppliedResource> {
    const user = wantedUser(resource);
    const before = currentUser(resource);
    const given = resource.outputs.password;
    const password = given ?? (await context.password('password'));
    await this.#change(user, context, connection =>
      connection.setUser(user.name, [
        // What was half made under another key is of no use to anybody.
        ...(given === undefined ? ['resetpass'] : []),
        `>${password}`,
        ...accessRules(user, resource.parameters.commands),
      ]),
    );
    context.log(
      `The user ${user.name} may use the keys ${user.prefix}* on the server "${user.server}" (${resource.parameters.commands}).`,
    );
    if (before.server !== user.server) {
      await this.#removeFrom(before, context);
    }
    return await this.#answer(user, password, context);
  }

  async remove(resource: Redis, context: ProviderContext): Promise<void> {
    const user = currentUser(resource);
    const wasMade = Object.keys(resource.state).length > 0;
    if (wasMade) {
      this.server(user.server);
    }
    await this.#removeFrom(user, context);
    // Where it was on its way to another server.
    const wanted = wantedUser(resource);
    if (user.server !== wanted.server) {
      await this.#removeFrom(wanted, context);
    }
  }

  async suspend(resource: Redis, context: ProviderContext): Promise<void> {
    const user = currentUser(resource);
    await this.#change(user, context, async connection => {
      if (await connection.user(user.name)) {
        await connection.setUser(user.name, ['off']);
        await connection.disconnectUser(user.name);
      }
    });
    context.log(`The user ${user.name} is switched off. Its keys stay.`);
  }

  async issue(
    resource: Redis,
    context: ProviderContext,
  ): Promise<AppliedResource> {
    const user = currentUser(resource);
    const password = await context.password('rotation');
    await this.#change(user, context, async connection => {
      await this.#requireUser(connection, user);
      await connection.setUser(user.name, [`>${password}`]);
    });
    return await this.#answer(user, password, context);
  }

  async revoke(resource: Redis, context: ProviderContext): Promise<void> {
    const user = currentUser(resource);
    const kept = hashOf(resource.outputs.password);
    await this.#change(user, context, async connection => {
      const { passwordHashes } = await this.#requireUser(connection, user);
      const others = passwordHashes.filter(hash => hash !== kept);
      await connection.setUser(user.name, [
        `#${kept}`,
        ...others.map(hash => `!${hash}`),
      ]);
    });
  }

  async find(
    existing: JsonObject,
    signal: AbortSignal,
  ): Promise<{ what: string; parameters: RedisParameters }> {
    const { server, username } = existingUser.parse(existing);
    const { commands, prefix } = await this.server(server).connected(
      signal,
      connection => findAdoptableUser(connection, server, username),
    );
    return {
      what: `The user ${username} with the keys ${prefix}* on the Redis server "${server}"`,
      parameters: { server, commands },
    };
  }

  /** Gives the user one more password. The ones that are in use stay until they are revoked. */
  async adopt(
    resource: Redis,
    existing: JsonObject,
    context: ProviderContext,
  ): Promise<AppliedResource> {
    const { server, username } = existingUser.parse(existing);
    const password =
      resource.outputs.password ?? (await context.password('password'));
    const { prefix } = await this.server(server).connected(
      context.signal,
      connection => findAdoptableUser(connection, server, username),
    );
    const user: RedisUser = { server, name: username, prefix };
    await this.#change(user, context, connection =>
      connection.setUser(username, [`>${password}`]),
    );
    return await this.#answer(user, password, context);
  }

  #find(name: string): RedisServer | undefined {
    return this.#servers.find(server => server.name === name);
  }

  async #requireUser(connection: RedisConnection, { name, server }: RedisUser) {
    const found = await connection.user(name);
    if (!found) {
      throw new OperationFailedError({
        message: `The Redis server "${server}" has no user ${name} any more.`,
        hint: 'Reconcile the resource, which makes it again, then rotate its credentials.',
      });
    }
    return found;
  }

  /** Changes a user, then has the server keep it over a restart. */
  async #change(
    user: RedisUser,
    context: ProviderContext,
    work: (connection: RedisConnection) => Promise<void>,
  ): Promise<void> {
    await this.server(user.server).connected(
      context.signal,
      async connection => {
        await work(connection);
        if ((await connection.saveUsers()) === 'memory') {
          context.log(
            `The server "${user.server}" has no file for its users (aclfile): after a restart this one is missing until the resource is reconciled.`,
          );
        }
      },
    );
  }

  async #removeFrom(user: RedisUser, context: ProviderContext): Promise<void> {
    if (!this.#find(user.server)) {
      context.log(
        `The Redis server "${user.server}" is not in the configuration any more: what is there of ${user.name} stays.`,
      );
      return;
    }
    await this.#change(user, context, async connection => {
      // First the user, so that no key can come while they go.
      await connection.deleteUser(user.name);
      const count = await connection.removeKeys(user.prefix, context.signal);
      context.log(`The user ${user.name} and ${count} keys are gone.`);
    });
  }

  async #answer(
    user: RedisUser,
    password: string,
    context: ProviderContext,
  ): Promise<AppliedResource> {
    const server = this.server(user.server);
    const url = server.urlFor(user.name, password);
    await context.secret(url);
    return {
      outputs: {
        host: server.host,
        port: String(server.port),
        username: user.name,
        password,
        prefix: user.prefix,
        url,
      },
      state: { server: user.server, user: user.name, prefix: user.prefix },
    };
  }
}
