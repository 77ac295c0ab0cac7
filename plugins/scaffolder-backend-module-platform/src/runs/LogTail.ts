/** As much of a log's end as fits into an error message that people still read. */
const LENGTH = 15;

/** Remembers the last lines of a log. */
export class LogTail {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > LENGTH) {
      this.#lines.shift();
    }
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}
