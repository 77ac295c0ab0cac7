/** How good a state is, which decides its colour. */
export type Tone = 'good' | 'bad' | 'warning' | 'busy' | 'quiet';

const TONES: Record<string, Tone> = {
  succeeded: 'good',
  serving: 'good',
  healthy: 'good',
  failed: 'bad',
  'crash-looping': 'bad',
  degraded: 'warning',
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
};

/** How good a state of a run, step, pipeline, job, deployment or workload is. */
export function toneOf(state: string): Tone {
  return TONES[state] ?? 'quiet';
}

/** What a state is called on a page. */
export function wordOf(state: string): string {
  return WORDS[state] ?? state;
}
