import {
  type AppliedResource,
  createResourceProvider,
  OperationFailedError,
  planByAttributes,
  type ProviderContext,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import { adoptDatabase } from './acts/adoptDatabase';
import { destroyDatabase } from './acts/destroyDatabase';
import { findDatabase } from './acts/findDatabase';
import { makeDatabase } from './acts/makeDatabase';
import { issueCredentials, revokeCredentials } from './acts/rotateCredentials';
import { releaseDatabase } from './acts/releaseDatabase';
import { suspendDatabase } from './acts/suspendDatabase';
import {
  type Credentials,
  type DatabaseResource,
  type Target,
  targetOf,
} from './acts/Target';
import { databaseOutputs, outputsOf } from './databaseOutputs';
import {
  fixedAttributes,
  observeDatabase,
  wantedAttributes,
} from './observeDatabase';
import { acceptedParameters } from './parameters/acceptedParameters';
import {
  type DatabaseParameters,
  databaseParameters,
  explainUnknownServer,
} from './parameters/databaseParameters';
import type { PostgresServer } from './server/PostgresServer';
import type { ServerSession } from './server/ServerSession';

const existing = z.strictObject({
  database: z.string().min(1).describe('The name of the database'),
  server: z
    .string()
    .default('default')
    .describe('The server it is on, as the configuration calls it'),
});

/** Makes databases with roles of their own on PostgreSQL servers. */
export function createPostgresProvider(
  servers: readonly PostgresServer[],
): ResourceProvider {
  const options = servers.map(server => server.options);
  const schema = databaseParameters(options);

  function serverCalled(name: string): PostgresServer {
    const server = servers.find(each => each.options.name === name);
    if (!server) {
      throw new OperationFailedError({
        message: explainUnknownServer(name, options),
        hint: 'Configure it again (platform.postgres.servers), then retry.',
      });
    }
    return server;
  }

  /** Where it is; where it shall be, if it is nowhere yet. */
  function serverOf({ state, parameters }: DatabaseResource): PostgresServer {
    const { server = parameters.server } = state;
    return serverCalled(String(server));
  }

  function act<T>(
    server: PostgresServer,
    resource: DatabaseResource,
    context: ProviderContext,
    work: (session: ServerSession, target: Target) => Promise<T>,
  ): Promise<T> {
    return server.act(resource.id, context, session =>
      work(session, targetOf(resource, context)),
    );
  }

  /** An act that ends with somebody being let in. */
  async function offer(
    server: PostgresServer,
    resource: DatabaseResource,
    context: ProviderContext,
    work: (session: ServerSession, target: Target) => Promise<Credentials>,
  ): Promise<AppliedResource> {
    const credentials = await act(server, resource, context, work);
    const { names } = targetOf(resource, context);
    return {
      outputs: outputsOf(server.options, names, credentials),
      state: { server: server.options.name, database: names.database },
    };
  }

  async function make(
    resource: DatabaseResource,
    context: ProviderContext,
  ): Promise<AppliedResource> {
    const from = serverOf(resource);
    const to = serverCalled(resource.parameters.server);
    if (from !== to) {
      await act(from, resource, context, destroyDatabase);
    }
    return offer(to, resource, context, makeDatabase);
  }

  return createResourceProvider<DatabaseParameters>({
    name: 'postgres',
    type: 'postgres',
    title: 'PostgreSQL database',
    description:
      'A database with a login of its own, and one that can only read',
    parameters: schema,
    outputs: databaseOutputs,

    plan: async (resource, observation) =>
      planByAttributes({
        wanted: wantedAttributes(resource),
        observation,
        replacing: { server: 'all data in the database' },
      }),
    observe: (resource, context) => {
      const server = serverOf(resource);
      return server.look(context, session =>
        observeDatabase(session, server.options.name, resource),
      );
    },
    apply: make,
    destroy: (resource, context) =>
      act(serverOf(resource), resource, context, destroyDatabase),
    softDelete: {
      suspend: (resource, context) =>
        act(serverOf(resource), resource, context, suspendDatabase),
      restore: make,
    },
    rotation: {
      issue: (resource, context) =>
        offer(serverOf(resource), resource, context, issueCredentials),
      revoke: (resource, context) =>
        act(serverOf(resource), resource, context, revokeCredentials),
    },
    acceptDrift: (resource, observation) =>
      acceptedParameters(
        schema,
        resource.parameters,
        observation,
        fixedAttributes(resource),
      ),
    adoption: {
      existing,
      find: (which, context) => {
        const { database, server: name } = existing.parse(which);
        const server = serverCalled(name);
        return server.look(context, session =>
          findDatabase(session, server.options, database),
        );
      },
      adopt: (resource, which, context) => {
        const { database, server } = existing.parse(which);
        const adopted = { ...resource, state: { server, database } };
        return offer(serverCalled(server), adopted, context, adoptDatabase);
      },
      release: (resource, which, context) => {
        const { database, server } = existing.parse(which);
        const adopted = { ...resource, state: { server, database } };
        return act(serverCalled(server), adopted, context, releaseDatabase);
      },
    },
  });
}
