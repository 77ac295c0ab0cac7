import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import path from 'node:path';

/** `platform.localPipelines`, with defaults. */
export interface LocalPipelinesConfig {
  directory: string;
  concurrency: number;
  user: string;
}

/** Reads `platform.localPipelines`. Throws `InputError` for what makes no sense. */
export function readLocalPipelinesConfig(config: Config): LocalPipelinesConfig {
  const own = config.getConfig('platform.localPipelines');
  const concurrency = own.getOptionalNumber('concurrency') ?? 2;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new InputError(
      `platform.localPipelines.concurrency is ${concurrency}; it must be a whole number from 1.`,
    );
  }
  return {
    directory: path.resolve(own.getString('directory')),
    concurrency,
    user: own.getOptionalString('user') ?? 'nobody',
  };
}
