import type {
  PipelineState,
  RunState,
  WorkloadHealth,
} from '@slipway/plugin-platform-common';
import styles from './HomePage.module.css';

const TONES: Record<RunState | PipelineState | WorkloadHealth, string> = {
  healthy: 'good',
  succeeded: 'good',
  starting: 'busy',
  running: 'busy',
  cancelling: 'busy',
  undoing: 'busy',
  planned: 'idle',
  queued: 'idle',
  stopped: 'idle',
  unknown: 'idle',
  cancelled: 'idle',
  undone: 'idle',
  waiting: 'warning',
  degraded: 'warning',
  'crash-looping': 'bad',
  failed: 'bad',
};

/** Props of {@link StatusDot}. */
export interface StatusDotProps {
  state: keyof typeof TONES;
  /** Where the state also stands beside it in words. */
  silent?: boolean;
}

/** A state as a coloured dot, and in words for those who hover or listen. */
export function StatusDot({ state, silent }: StatusDotProps) {
  const words = silent
    ? {}
    : { role: 'img', 'aria-label': state, title: state };
  return <span className={styles.dot} data-tone={TONES[state]} {...words} />;
}
