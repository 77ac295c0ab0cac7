import type { ImportState, RowOutcome } from '@slipway/plugin-ownership-common';
import type { Tone } from '@slipway/plugin-platform-react';

/** What the states are called. */
export const IMPORT_WORDS: Record<ImportState, { label: string; tone: Tone }> =
  {
    checked: { label: 'nothing written yet', tone: 'warning' },
    applying: { label: 'being written', tone: 'busy' },
    done: { label: 'written', tone: 'good' },
    removed: { label: 'removed again', tone: 'quiet' },
  };

/** What becomes of a row. */
export const OUTCOME_WORDS: Record<RowOutcome, { label: string; tone: Tone }> =
  {
    new: { label: 'new', tone: 'good' },
    changed: { label: 'changed', tone: 'busy' },
    same: { label: 'as it is', tone: 'quiet' },
    error: { label: 'left out', tone: 'bad' },
  };
