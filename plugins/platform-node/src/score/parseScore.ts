import { OperationFailedError } from '../context';
import type { ScoreWorkload } from './types';

/**
 * Reads and validates a `score.yaml` against Score v1b1.
 * Throws `OperationFailedError` that names the field, what is wrong with it, its line, and what would be right.
 */
export function parseScore(_text: string): ScoreWorkload {
  throw new OperationFailedError({ message: 'not written yet' });
}
