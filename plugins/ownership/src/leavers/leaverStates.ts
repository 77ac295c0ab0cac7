import type { LeaverState } from '@slipway/plugin-ownership-common';
import type { Tone } from '@slipway/plugin-platform-react';

/** What the states are called. */
export const LEAVER_WORDS: Record<LeaverState, { label: string; tone: Tone }> =
  {
    noticed: { label: 'gone, being handled', tone: 'warning' },
    held: { label: 'waits for a word', tone: 'bad' },
    done: { label: 'left', tone: 'quiet' },
    returned: { label: 'came back', tone: 'good' },
  };
