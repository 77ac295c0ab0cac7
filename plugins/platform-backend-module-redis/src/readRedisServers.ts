import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RedisServer } from './server/RedisServer';

const NAME = /^[a-z][a-z0-9-]{0,62}$/;
const ADDRESS = /^(?<host>.+):(?<port>\d{1,5})$/;

/** Reads `platform.redis.servers`; none where it is left out. Throws `InputError` for what makes no sense, without saying a URL. */
export function readRedisServers(config: Config): RedisServer[] {
  const servers = (
    config.getOptionalConfigArray('platform.redis.servers') ?? []
  ).map(readServer);
  servers.forEach(({ name }, index) => {
    if (servers.findIndex(other => other.name === name) !== index) {
      throw new InputError(
        `platform.redis.servers has two servers named "${name}". Give each a name of its own.`,
      );
    }
  });
  return servers;
}

function readServer(config: Config, index: number): RedisServer {
  const where = `platform.redis.servers[${index}]`;
  const name = config.getString('name');
  if (!NAME.test(name)) {
    throw new InputError(
      `${where}.name is "${name}"; it must be lower-case letters, digits and hyphens, beginning with a letter.`,
    );
  }
  const text = config.getString('url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname) {
    throw new InputError(
      `${where}.url is not the URL of a Redis server. It must look like redis://<user>:<password>@<host>:<port>.`,
    );
  }
  const { host, port } = readAddress(
    config.getOptionalString('address') ??
      `${url.hostname}:${url.port || 6379}`,
    where,
  );
  return new RedisServer({ name, url, host, port });
}

function readAddress(
  address: string,
  where: string,
): { host: string; port: number } {
  const { host, port } = ADDRESS.exec(address)?.groups ?? {};
  if (!host || Number(port) > 65_535) {
    throw new InputError(
      `${where}.address is "${address}"; it must be <host>:<port>.`,
    );
  }
  return { host, port: Number(port) };
}
