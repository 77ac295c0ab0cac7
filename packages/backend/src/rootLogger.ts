import { createConfigSecretEnumerator } from '@backstage/backend-defaults/rootConfig';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { loadConfigSchema } from '@backstage/config-loader';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { format, transports } from 'winston';

/**
 * Backstage's logger with one difference: which configuration values are secret, and have to be
 * redacted, is read from the schema that the build wrote beside the bundle. Compiling it from the
 * packages at every start takes seconds and about 150 MB.
 */
export const rootLoggerServiceFactory = createServiceFactory({
  service: coreServices.rootLogger,
  deps: { config: coreServices.rootConfig },
  async factory({ config }) {
    const logger = WinstonLogger.create({
      meta: { service: 'backstage' },
      level:
        process.env.LOG_LEVEL ??
        config.getOptionalString('backend.logger.level') ??
        'info',
      format:
        process.env.NODE_ENV === 'production'
          ? format.json()
          : WinstonLogger.colorFormat(),
      transports: [new transports.Console()],
    });
    const secretsOf = await createConfigSecretEnumerator({
      logger,
      schema: await readBuiltSchema(),
    });
    logger.addRedactions(secretsOf(config));
    config.subscribe?.(() => logger.addRedactions(secretsOf(config)));
    return logger;
  },
});

async function readBuiltSchema() {
  const file = resolvePackagePath('backend', 'dist/config-schema.json');
  return existsSync(file)
    ? await loadConfigSchema({
        serialized: JSON.parse(await readFile(file, 'utf8')),
      })
    : undefined;
}
