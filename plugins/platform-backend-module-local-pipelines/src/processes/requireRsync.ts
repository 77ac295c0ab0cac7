import { OperationFailedError } from '@slipway/plugin-platform-node';
import { findProgram } from './findProgram';

/** Throws `OperationFailedError` where there is no rsync, which gitlab-ci-local needs. */
export async function requireRsync(): Promise<void> {
  if (await findProgram('rsync')) {
    return;
  }
  throw new OperationFailedError({
    message: 'Pipelines need rsync, which this machine does not have.',
    hint:
      process.platform === 'darwin'
        ? 'Ask the platform team to run "brew install rsync", then run the pipeline again.'
        : 'Ask the platform team to run "apt-get install -y rsync" (or the same of the machine\'s package manager), then run the pipeline again.',
  });
}
