import type {
  Deployment,
  DeploymentCause,
} from '@slipway/plugin-platform-common';

const WORDS: Record<DeploymentCause, string | undefined> = {
  pipeline: undefined,
  manual: undefined,
  preview: undefined,
  promotion: 'promoted',
  rollback: 'brought back',
  configuration: 'configuration changed',
  refresh: 'started anew with new credentials',
};

/** Why a release was deployed, in words; nothing where that goes without saying. */
export function causeOf({ cause, reason }: Deployment): string | undefined {
  const word = WORDS[cause];
  return [word, reason].filter(Boolean).join(': ') || undefined;
}
