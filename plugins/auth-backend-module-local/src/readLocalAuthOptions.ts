import { readDurationFromConfig, type Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

/** What `auth.providers.local` says. */
export interface LocalAuthOptions {
  usersFrom: string[];
  passwordFile: string;
  sessionDurationMs: number;
}

const DEFAULT_SESSION_DURATION = { days: 14 };

/** Reads `auth.providers.local`; `undefined` where this portal signs people in another way. */
export function readLocalAuthOptions(
  rootConfig: Config,
): LocalAuthOptions | undefined {
  const config = rootConfig.getOptionalConfig('auth.providers.local');
  if (!config) {
    return undefined;
  }
  const usersFrom = config.get('usersFrom');
  return {
    usersFrom:
      typeof usersFrom === 'string'
        ? [usersFrom]
        : config.getStringArray('usersFrom'),
    passwordFile: config.getString('passwordFile'),
    sessionDurationMs: durationToMilliseconds(
      config.has('sessionDuration')
        ? readDurationFromConfig(config, { key: 'sessionDuration' })
        : DEFAULT_SESSION_DURATION,
    ),
  };
}
