import type { OutputDeclaration } from '@slipway/plugin-platform-node';
import type { Credentials } from './acts/Target';
import type { DatabaseNames } from './database/DatabaseNames';
import type { ServerOptions } from './server/ServerOptions';

/** What a workload is offered, by the names that Score gives to the outputs of its type `postgres`, and more. */
export const databaseOutputs = {
  host: { description: 'The host of the server' },
  port: { description: 'The port of the server' },
  name: { description: 'The name of the database' },
  username: { description: 'Who owns everything in it' },
  password: { description: 'The password of `username`', secret: true },
  url: {
    description: 'All of these in one, for libraries that take it so',
    secret: true,
  },
  readonly_username: { description: 'Who can only read' },
  readonly_password: {
    description: 'The password of `readonly_username`',
    secret: true,
  },
} satisfies Record<string, OutputDeclaration>;

export function outputsOf(
  { host, port, ssl }: Pick<ServerOptions, 'host' | 'port' | 'ssl'>,
  { database, logins, readerLogins }: DatabaseNames,
  { slot, password, readerPassword }: Credentials,
): Record<keyof typeof databaseOutputs, string> {
  const url = new URL(
    `postgresql://${host.includes(':') ? `[${host}]` : host}:${port}`,
  );
  url.username = logins[slot];
  url.password = password;
  url.pathname = encodeURIComponent(database);
  if (ssl) {
    url.searchParams.set('sslmode', 'require');
  }
  return {
    host,
    port: String(port),
    name: database,
    username: logins[slot],
    password,
    url: url.href,
    readonly_username: readerLogins[slot],
    readonly_password: readerPassword,
  };
}
