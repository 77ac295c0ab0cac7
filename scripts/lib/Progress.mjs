const clearLine = '\r\u001b[2K';

/**
 * Shows stages on the terminal, one finished line each, and remembers how long each
 * took. Stages may overlap. Without a terminal there are plain lines only.
 */
export class Progress {
  /** Seconds per finished stage, in the order they ended. @type {Record<string, number>} */
  timings = {};
  #active = new Set();
  #out;

  /** @param {NodeJS.WriteStream} [out] */
  constructor(out = process.stdout) {
    this.#out = out;
  }

  /**
   * Runs one stage.
   *
   * @template T
   * @param {string} title
   * @param {() => Promise<T> | T} work
   * @param {{ slow?: string }} [options] - `slow`: how long it may take, said when it begins
   * @returns {Promise<T>}
   */
  async stage(title, work, options = {}) {
    const started = performance.now();
    const label = options.slow ? `${title} (${options.slow})` : title;
    this.#active.add(label);
    if (options.slow && !this.#out.isTTY) this.line(`  … ${label}`);
    this.#draw();
    const finish = mark => {
      const seconds = (performance.now() - started) / 1000;
      this.#active.delete(label);
      this.timings[title] = Number(seconds.toFixed(2));
      this.line(`  ${mark} ${title.padEnd(44)} ${seconds.toFixed(1)} s`);
    };
    try {
      const result = await work();
      finish('✓');
      return result;
    } catch (error) {
      finish('✗');
      throw error;
    }
  }

  /**
   * Prints one line above the stages under way.
   *
   * @param {string} text
   */
  line(text) {
    this.#out.write(`${this.#out.isTTY ? clearLine : ''}${text}\n`);
    this.#draw();
  }

  #draw() {
    if (!this.#out.isTTY) return;
    const status = [...this.#active].join(', ');
    const width = (this.#out.columns ?? 80) - 5;
    this.#out.write(
      status ? `${clearLine}  … ${status.slice(0, width)}` : clearLine,
    );
  }
}
