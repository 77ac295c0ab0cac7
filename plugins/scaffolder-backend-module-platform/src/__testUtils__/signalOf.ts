import { PLATFORM_SIGNAL_CHANNEL } from '@slipway/plugin-platform-common';

/** The event with which the platform signals that a run has changed. */
export function signalOf(runId: string) {
  return {
    topic: 'signals',
    eventPayload: {
      recipients: { type: 'broadcast' },
      channel: PLATFORM_SIGNAL_CHANNEL,
      message: { type: 'run', runId },
    },
  };
}
