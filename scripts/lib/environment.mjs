import path from 'node:path';
import { postgresUser } from './postgres.mjs';

/**
 * @typedef {object} Ports
 * @property {number} portal
 * @property {number} router
 * @property {number} postgres
 * @property {number} workloadPostgres
 * @property {number} agent
 */

/**
 * The environment of every process of the portal: the person's own without npm's, and what the
 * configuration files name.
 *
 * @param {{ dataDir: string, ports: Ports, secrets: import('./secrets.mjs').Secrets }} portal
 * @returns {NodeJS.ProcessEnv}
 */
export function portalEnvironment({ dataDir, ports, secrets }) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_|^INIT_CWD$|^PG[A-Z]+$/.test(name),
  );
  return {
    ...Object.fromEntries(own),
    SLIPWAY_DATA: dataDir,
    SLIPWAY_PORT: String(ports.portal),
    SLIPWAY_ROUTER_PORT: String(ports.router),
    SLIPWAY_AGENT_PORT: String(ports.agent),
    SLIPWAY_AGENT_URL: `http://127.0.0.1:${ports.agent}`,
    SLIPWAY_AGENT_TOKEN: secrets.agentToken,
    SLIPWAY_ENCRYPTION_KEY: secrets.encryptionKey,
    ...(secrets.previousEncryptionKeys && {
      APP_CONFIG_platform_previousEncryptionKeys: JSON.stringify(
        secrets.previousEncryptionKeys,
      ),
    }),
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: String(ports.postgres),
    POSTGRES_USER: postgresUser,
    POSTGRES_PASSWORD: secrets.postgresPassword,
    WORKLOAD_POSTGRES_HOST: '127.0.0.1',
    WORKLOAD_POSTGRES_PORT: String(ports.workloadPostgres),
    WORKLOAD_POSTGRES_USER: postgresUser,
    WORKLOAD_POSTGRES_PASSWORD: secrets.workloadPostgresPassword,
    NODE_COMPILE_CACHE: path.join(dataDir, 'cache/compile'),
  };
}
