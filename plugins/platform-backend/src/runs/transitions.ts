import type { RunState } from '@slipway/plugin-platform-common';

/**
 * Every transition a run may make; what is not here does not happen. No state is without an exit but
 * `succeeded` and `undone`: a failed or cancelled run is retried from where it stopped, undone, or given up.
 * The same table stands in docs/runs.md.
 */
export const RUN_TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> =
  {
    planned: ['queued', 'waiting', 'cancelled'],
    waiting: [
      'queued',
      'running',
      'undoing',
      'cancelling',
      'cancelled',
      'failed',
    ],
    queued: ['running', 'undoing', 'cancelled'],
    running: ['succeeded', 'failed', 'cancelling', 'waiting'],
    cancelling: ['cancelled', 'failed'],
    failed: ['queued', 'waiting'],
    cancelled: ['queued', 'waiting'],
    undoing: ['undone', 'failed', 'waiting'],
    succeeded: [],
    undone: [],
  };
