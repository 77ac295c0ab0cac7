import type { TransferState } from '@slipway/plugin-ownership-common';
import type { Tone } from '@slipway/plugin-platform-react';

/** What a state of a transfer is called, and how good it is. */
export const TRANSFER_WORDS: Record<
  TransferState,
  { label: string; tone: Tone }
> = {
  offered: { label: 'waits for an answer', tone: 'warning' },
  accepted: { label: 'accepted', tone: 'busy' },
  moving: { label: 'moving', tone: 'busy' },
  done: { label: 'done', tone: 'good' },
  undoing: { label: 'going back', tone: 'busy' },
  undone: { label: 'taken back', tone: 'quiet' },
  declined: { label: 'declined', tone: 'quiet' },
  withdrawn: { label: 'withdrawn', tone: 'quiet' },
};

/** The states in which something has still to happen. */
export const OPEN_STATES = [
  'offered',
  'accepted',
  'moving',
  'undoing',
] as const satisfies TransferState[];

/** The states in which nothing happens any more by itself. */
export const OVER_STATES = [
  'done',
  'undone',
  'declined',
  'withdrawn',
] as const satisfies TransferState[];
