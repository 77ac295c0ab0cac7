/** Keeps answers for a moment, so that many who ask the same thing at a time cause one question. */
export class BriefCache<T> {
  readonly #lastsMs: number;
  readonly #answers = new Map<string, { answer: Promise<T>; until: number }>();

  constructor(lastsMs: number) {
    this.#lastsMs = lastsMs;
  }

  /** The answer under `key`; asks where there is none yet, or it is too old. A failure is not kept. */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const kept = this.#answers.get(key);
    if (kept && kept.until > now) {
      return kept.answer;
    }
    this.#forget(now);
    const entry = { answer: ask(), until: now + this.#lastsMs };
    this.#answers.set(key, entry);
    entry.answer.catch(() => {
      if (this.#answers.get(key) === entry) {
        this.#answers.delete(key);
      }
    });
    return entry.answer;
  }

  /** Answers lie in the order of their age, since every renewed one is put at the end. */
  #forget(now: number): void {
    for (const [key, { until }] of this.#answers) {
      if (until > now) {
        return;
      }
      this.#answers.delete(key);
    }
  }
}
