import type { Redactor } from '../runs/RunSecrets';
import { StreamRedactor } from './StreamRedactor';

/** A line, and what its owner wants to know of it. */
export interface RedactedLine<T> {
  text: string;
  about: T;
}

/** Redacts lines one after the other, also what is split over several of them. As many lines come out as came in, in order. */
export class LineRedactor<T> {
  readonly #stream = new StreamRedactor();
  readonly #waiting: T[] = [];
  #begun = '';

  /** Whether a line is held back. */
  get holding(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Takes the next line, and answers those that can be told now.
   *
   * @param text - without a newline
   * @param cut - whether the line was cut off; a secret that may begin at its very end is cut off too
   */
  push(
    redactor: Redactor,
    text: string,
    about: T,
    cut = false,
  ): RedactedLine<T>[] {
    this.#waiting.push(about);
    if (cut) {
      const begun = this.#stream.push(redactor, text) + this.#stream.cutOff();
      return this.#lines(`${begun}\n`);
    }
    return this.#lines(this.#stream.push(redactor, `${text}\n`));
  }

  /** Answers the lines that were held back. */
  release(redactor: Redactor): RedactedLine<T>[] {
    return this.#lines(this.#stream.release(redactor));
  }

  #lines(text: string): RedactedLine<T>[] {
    const lines = (this.#begun + text).split('\n');
    this.#begun = lines.pop() ?? '';
    const about = this.#waiting.splice(0, lines.length);
    return lines.map((line, index) => ({ text: line, about: about[index] }));
  }
}
