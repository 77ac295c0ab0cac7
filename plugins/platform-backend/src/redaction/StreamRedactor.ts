import type { Redactor } from '../runs/RunSecrets';
import { redactLines } from './redactLines';

/**
 * Redacts text that arrives in pieces, wherever they were cut: what could be the beginning of a secret is held back until the
 * next piece, or the end, tells. What comes out is in the order in which it came in. The redactor is given with each piece,
 * since secrets are registered meanwhile.
 */
export class StreamRedactor {
  #held = '';

  /** Whether anything is held back. */
  get holding(): boolean {
    return this.#held !== '';
  }

  /** Takes the next piece; answers what can be told now. */
  push(redactor: Redactor, piece: string): string {
    const { text, held } = redactor.hold(this.#held + piece);
    this.#held = held;
    return text;
  }

  /** Answers what was held back, since nothing more belongs to it. */
  release(redactor: Redactor): string {
    const text = redactor.text(this.#held);
    this.#held = '';
    return text;
  }

  /** Answers what was held back with all of it redacted, where the text was cut off and nobody can tell. */
  cutOff(): string {
    const text = redactLines(this.#held);
    this.#held = '';
    return text;
  }
}
