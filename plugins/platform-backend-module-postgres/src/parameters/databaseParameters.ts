import { z } from 'zod';
import type { ServerOptions } from '../server/ServerOptions';
import { SIZES } from './limits';

/** What can be asked for, on these servers. */
export function databaseParameters(
  servers: ReadonlyArray<Pick<ServerOptions, 'name' | 'extensions'>>,
) {
  return z
    .strictObject({
      size: z
        .enum(SIZES)
        .default('small')
        .describe(
          'How many connections, how much memory and how long statements it may have',
        ),
      connections: z
        .int()
        .min(1)
        .max(10_000)
        .optional()
        .describe('Connections at once, if not those of the size'),
      statementTimeoutMs: z
        .int()
        .min(1)
        .optional()
        .describe(
          'How long a statement may take, in milliseconds, if not that of the size',
        ),
      idleInTransactionTimeoutMs: z
        .int()
        .min(1)
        .optional()
        .describe(
          'How long a transaction may stand idle, in milliseconds, if not that of the size',
        ),
      workMemoryKb: z
        .int()
        .min(64)
        .optional()
        .describe('Memory of one sort or hash, in kB, if not that of the size'),
      extensions: z
        .array(z.string())
        .default([])
        .transform(names => [...new Set(names)].sort())
        .describe('Extensions of PostgreSQL to have in it'),
      server: z
        .string()
        .default('default')
        .describe('The server it is made on, as the configuration calls it'),
    })
    .check(({ value, issues }) => {
      const server = servers.find(({ name }) => name === value.server);
      if (!server) {
        issues.push({
          code: 'custom',
          input: value.server,
          path: ['server'],
          message: explainUnknownServer(value.server, servers),
        });
        return;
      }
      value.extensions
        .filter(extension => !server.extensions.includes(extension))
        .forEach(extension =>
          issues.push({
            code: 'custom',
            input: value.extensions,
            path: ['extensions'],
            message: `The server "${server.name}" doesn't offer the extension "${extension}". It offers: ${server.extensions.join(', ') || 'none'}.`,
          }),
        );
    });
}

export type DatabaseParameters = z.output<
  ReturnType<typeof databaseParameters>
>;

/** What to say of a server that isn't configured. */
export function explainUnknownServer(
  name: string,
  servers: ReadonlyArray<{ name: string }>,
): string {
  return servers.length === 0
    ? 'This portal has no PostgreSQL server to make databases on. Describe one in platform.postgres.servers.'
    : `There is no PostgreSQL server "${name}". There are: ${servers.map(server => server.name).join(', ')}.`;
}
