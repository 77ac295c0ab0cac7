import { OperationFailedError } from '@slipway/plugin-platform-node';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { SYSTEM_PATH } from '../sandbox/jobEnvironment';

/** Throws `OperationFailedError` where jobs would find no rsync, which gitlab-ci-local needs. */
export async function requireRsync(): Promise<void> {
  for (const directory of SYSTEM_PATH.split(':')) {
    try {
      await access(path.join(directory, 'rsync'), constants.X_OK);
      return;
    } catch {
      // It may be in the next one.
    }
  }
  throw new OperationFailedError({
    message: 'Pipelines need rsync, which this machine does not have.',
    hint:
      process.platform === 'darwin'
        ? 'Ask the platform team to run "brew install rsync", then run the pipeline again.'
        : 'Ask the platform team to run "apt-get install -y rsync" (or the same of the machine\'s package manager), then run the pipeline again.',
  });
}
