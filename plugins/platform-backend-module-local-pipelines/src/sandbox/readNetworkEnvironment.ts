import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** npm's settings that say how to reach the registry, and carry no secret. */
const REGISTRY_SETTINGS = [
  'registry',
  'cafile',
  'strict-ssl',
  'proxy',
  'https-proxy',
  'noproxy',
];

/** Variables of the portal that say how to reach the network, and which jobs get as they are. */
const NETWORK_VARIABLES = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/**
 * How jobs reach the npm registry and the network: as the portal's user does, without any of that user's
 * credentials.
 */
export async function readNetworkEnvironment(): Promise<
  Record<string, string>
> {
  const environment: Record<string, string> = {
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_prefer_offline: 'true',
  };
  for (const name of NETWORK_VARIABLES) {
    const value = process.env[name];
    if (value) {
      environment[name] = withoutCredentials(value);
    }
  }
  for (const [name, value] of Object.entries(await readNpmSettings())) {
    environment[`npm_config_${name.replaceAll('-', '_')}`] =
      withoutCredentials(value);
  }
  return environment;
}

async function readNpmSettings(): Promise<Record<string, string>> {
  try {
    const { stdout } = await run(
      'npm',
      ['config', 'list', '--json', '--long'],
      { cwd: os.tmpdir(), timeout: 20_000, maxBuffer: 4 * 1024 * 1024 },
    );
    const settings = JSON.parse(stdout) as Record<string, unknown>;
    return Object.fromEntries(
      REGISTRY_SETTINGS.flatMap(name => {
        const value = settings[name];
        const usable =
          (typeof value === 'string' && value !== '') || value === false;
        return usable && !(name !== 'strict-ssl' && value === false)
          ? [[name, String(value)]]
          : [];
      }),
    );
  } catch {
    // No npm on this machine: jobs will say so themselves if they need it.
    return {};
  }
}

function withoutCredentials(value: string): string {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    return value;
  }
  const url = new URL(value);
  if (!url.username && !url.password) {
    return value;
  }
  url.username = '';
  url.password = '';
  return url.href;
}
