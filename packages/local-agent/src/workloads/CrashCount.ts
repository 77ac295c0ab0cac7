import type { Tuning } from './types';

/** Counts crashes in a row, and says how long to pause before the next try. */
export class CrashCount {
  readonly #tuning: Tuning;
  #crashes = 0;

  constructor(tuning: Tuning) {
    this.#tuning = tuning;
  }

  get isLoop(): boolean {
    return this.#crashes >= this.#tuning.crashLoopAfter;
  }

  /** What to say about one that is up again after a loop. */
  get recovery(): string {
    return `It crashed ${this.#crashes} times in a row. It is up again, and counts as healthy when it stays up.`;
  }

  /** It ran long enough. */
  reset(): void {
    this.#crashes = 0;
  }

  /** Takes one more into account: doubles the pause, up to its cap. */
  add(what: string): { pauseMs: number; message: string } {
    this.#crashes += 1;
    const pauseMs = Math.min(
      this.#tuning.restartDelayMs * 2 ** (this.#crashes - 1),
      this.#tuning.restartDelayCapMs,
    );
    const message = this.isLoop
      ? `It ${what}, ${this.#crashes} times in a row; the next try is in ${Math.ceil(pauseMs / 1000)} s.`
      : `It ${what} and is being restarted.`;
    return { pauseMs, message };
  }
}
