import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A server, as the configuration describes it. */
export interface ServerOptions {
  name: string;
  host: string;
  port: number;
  user: string;
  password: string;
  /** The database that is always there. */
  database: string;
  ssl?: { rejectUnauthorized: boolean; ca?: string };
  /** Those that may be asked for, sorted. */
  extensions: string[];
}

/** Reads `platform.postgres.servers`. Throws `InputError` where two have the same name. */
export function readServerOptions(config: Config): ServerOptions[] {
  const servers = (
    config.getOptionalConfigArray('platform.postgres.servers') ?? []
  ).map(readServer);
  const twice = servers.find(
    ({ name }, index) =>
      servers.findIndex(other => other.name === name) !== index,
  );
  if (twice) {
    throw new InputError(
      `platform.postgres.servers: two are called "${twice.name}". Each needs a name of its own.`,
    );
  }
  return servers;
}

function readServer(server: Config): ServerOptions {
  const ssl = server.getOptionalConfig('ssl');
  return {
    name: server.getString('name'),
    host: server.getString('host'),
    port: server.getOptionalNumber('port') ?? 5432,
    user: server.getString('user'),
    password: server.getString('password'),
    database: server.getOptionalString('database') ?? 'postgres',
    ssl: ssl && {
      rejectUnauthorized: ssl.getOptionalBoolean('rejectUnauthorized') ?? true,
      ca: ssl.getOptionalString('ca'),
    },
    extensions: (server.getOptionalStringArray('extensions') ?? []).sort(),
  };
}
