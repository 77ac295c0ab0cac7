import type { FindingKind } from '@slipway/plugin-ownership-common';
import type { Tone } from '@slipway/plugin-platform-react';

/** What a kind of finding is called, and how bad it is. */
export const FINDING_WORDS: Record<
  FindingKind,
  { label: string; meaning: string; tone: Tone }
> = {
  orphan: {
    label: 'no owner',
    meaning: 'No team with people in it owns this.',
    tone: 'bad',
  },
  stale: {
    label: 'stale',
    meaning: 'Nobody of the owning team was active for a while.',
    tone: 'warning',
  },
  'single-point': {
    label: 'one person',
    meaning: 'The owning team has one person only.',
    tone: 'warning',
  },
  conflict: {
    label: 'sources disagree',
    meaning: 'The entity file, its system or CODEOWNERS name different owners.',
    tone: 'warning',
  },
  ingestion: {
    label: 'file not read',
    meaning: 'The catalog can’t take its file as it is, and keeps what it had.',
    tone: 'bad',
  },
  'vacant-role': {
    label: 'role vacant',
    meaning: 'Its file names somebody for a role who is not in the catalog.',
    tone: 'warning',
  },
};
