/** How good a state is, which decides its colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'busy' | 'quiet';

const TONES: Record<string, Tone> = {
  succeeded: 'good',
  serving: 'good',
  healthy: 'good',
  approved: 'good',
  merged: 'good',
  'changes-requested': 'warning',
  resumed: 'good',
  allow: 'good',
  good: 'good',
  failed: 'bad',
  'rolled-back': 'bad',
  'crash-looping': 'bad',
  rejected: 'bad',
  deny: 'bad',
  sour: 'bad',
  expired: 'warning',
  degraded: 'warning',
  held: 'warning',
  added: 'busy',
  changed: 'busy',
  removed: 'warning',
  'needs-approval': 'warning',
  waiting: 'warning',
  cancelling: 'warning',
  undoing: 'warning',
  running: 'busy',
  open: 'busy',
  starting: 'busy',
  'rolling-out': 'busy',
};

const WORDS: Record<string, string> = {
  succeeded: 'done',
  pending: 'next',
  'rolling-out': 'rolling out',
  'rolled-back': 'rolled back',
  'crash-looping': 'crash looping',
  allow: 'allowed',
  deny: 'denied',
  'needs-approval': 'needs approval',
  'changes-requested': 'wants changes',
};

/** How good a state of a run, step, wait, verdict, pipeline, job, deployment or workload is. */
export function toneOf(state: string): Tone {
  return TONES[state] ?? 'quiet';
}

/** What a state is called on a page. */
export function wordOf(state: string): string {
  return WORDS[state] ?? state;
}
