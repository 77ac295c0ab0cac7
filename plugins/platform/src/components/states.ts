/** How good a state is, which decides its colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'busy' | 'quiet';

const TONES: Record<string, Tone> = {
  succeeded: 'good',
  serving: 'good',
  healthy: 'good',
  approved: 'good',
  resumed: 'good',
  allow: 'good',
  failed: 'bad',
  'crash-looping': 'bad',
  rejected: 'bad',
  deny: 'bad',
  expired: 'warning',
  degraded: 'warning',
  'needs-approval': 'warning',
  waiting: 'warning',
  cancelling: 'warning',
  undoing: 'warning',
  running: 'busy',
  starting: 'busy',
  'rolling-out': 'busy',
};

const WORDS: Record<string, string> = {
  succeeded: 'done',
  pending: 'next',
  'rolling-out': 'rolling out',
  'crash-looping': 'crash looping',
  allow: 'allowed',
  deny: 'denied',
  'needs-approval': 'needs approval',
};

/** How good a state of a run, step, wait, verdict, pipeline, job, deployment or workload is. */
export function toneOf(state: string): Tone {
  return TONES[state] ?? 'quiet';
}

/** What a state is called on a page. */
export function wordOf(state: string): string {
  return WORDS[state] ?? state;
}
