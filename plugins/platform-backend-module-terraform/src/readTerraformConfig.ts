import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import path from 'node:path';

/** What the CLI's PostgreSQL driver and the portal's understand in the same way. */
const SSL_MODES = ['disable', 'verify-full'];

/** `platform.terraform`, with defaults. */
export interface TerraformConfig {
  modules: string;
  directory: string;
  /** Of the database with the states. */
  stateUrl: URL;
  cli?: string;
  concurrency: number;
  environment: Record<string, string>;
}

/** Reads `platform.terraform`; `undefined` where it is left out. Throws `InputError` for what makes no sense. */
export function readTerraformConfig(
  config: Config,
): TerraformConfig | undefined {
  const own = config.getOptionalConfig('platform.terraform');
  if (!own) {
    return undefined;
  }
  const concurrency = own.getOptionalNumber('concurrency') ?? 8;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new InputError(
      `platform.terraform.concurrency is ${concurrency}; it must be a whole number from 1.`,
    );
  }
  const environment = own.getOptionalConfig('environment');
  return {
    modules: path.resolve(own.getString('modules')),
    directory: path.resolve(own.getString('directory')),
    stateUrl: readStateUrl(own.getConfig('state')),
    cli: own.getOptionalString('cli'),
    concurrency,
    environment: Object.fromEntries(
      (environment?.keys() ?? []).map(name => [
        name,
        environment?.getString(name) ?? '',
      ]),
    ),
  };
}

function readStateUrl(config: Config): URL {
  const sslmode = config.getOptionalString('sslmode') ?? 'verify-full';
  if (!SSL_MODES.includes(sslmode)) {
    throw new InputError(
      `platform.terraform.state.sslmode is "${sslmode}"; it must be ${SSL_MODES.join(' or ')}.`,
    );
  }
  const url = new URL('postgres://host');
  url.hostname = config.getString('host');
  url.port = String(config.getOptionalNumber('port') ?? 5432);
  url.username = encodeURIComponent(config.getString('user'));
  url.password = encodeURIComponent(config.getString('password'));
  url.pathname = config.getOptionalString('database') ?? 'postgres';
  url.searchParams.set('sslmode', sslmode);
  return url;
}
