import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  PLATFORM_SIGNAL_CHANNEL,
  type PlatformSignal,
} from '@slipway/plugin-platform-common';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { EnvironmentFiles } from './EnvironmentFiles';
import { Environments, type EnvironmentsNews } from './Environments';
import { listProblems } from './readEnvironments';

/**
 * The environments from the files that `platform.environmentsFrom` names, and what makes them follow these files. Throws `InputError`
 * that lists every problem in them.
 */
export async function createEnvironments(options: {
  config: RootConfigService;
  logger: LoggerService;
  signals: Pick<SignalsService, 'publish'>;
  /** Those that are installed; left out, definitions aren't held against them. */
  providers?: readonly ResourceProvider[];
}): Promise<{
  environments: Environments;
  /** Follows the files until the signal aborts. */
  watch(signal: AbortSignal): void;
}> {
  const { logger, signals } = options;
  const files = EnvironmentFiles.fromConfig(options.config);
  const known = await files.read();
  if (known.length === 0) {
    throw new InputError(
      `platform.environmentsFrom names no file: looked in ${files.folder}.`,
    );
  }
  const environments = new Environments(known, options.providers);
  environments.onChange(news => {
    report(news, logger);
    // Nobody listening is no failure.
    signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: PLATFORM_SIGNAL_CHANNEL,
        message: { type: 'environments' } satisfies PlatformSignal,
      })
      .catch(() => undefined);
  });
  return {
    environments,
    watch(signal) {
      let lastError: string | undefined;
      void files.watch(known, {
        signal,
        onChange(changed) {
          environments.take(changed);
        },
        onError({ message }) {
          if (message !== lastError) {
            logger.warn(`The environments can't be read: ${message}`);
          }
          lastError = message;
        },
      });
    },
  };
}

function report(
  { changes, problems }: EnvironmentsNews,
  logger: LoggerService,
): void {
  if (problems.length > 0) {
    logger.warn(
      `The environments have changed and are not valid, so those read before go on counting:\n${listProblems(problems)}`,
    );
  } else {
    logger.info(
      `The environments have changed: ${changes.join('; ') || 'back to what counts'}.`,
    );
  }
}
