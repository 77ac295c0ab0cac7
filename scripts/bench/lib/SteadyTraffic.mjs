import { Agent } from 'node:http';
import { ask } from './serviceTraffic.mjs';

/** So many requests a second, each timed from when it was due: what has to wait its turn counts as slow. */
export class SteadyTraffic {
  /** When each was due, by `Date.now()`, and how long its answer took. */
  samples = [];
  failed = 0;
  #agent = new Agent({ keepAlive: true });
  #open = new Set();
  #timer;

  /**
   * @param {Parameters<typeof ask>[0]} target
   * @param {number} perSecond
   */
  constructor(target, perSecond) {
    const gap = 1000 / perSecond;
    let due = performance.now();
    this.#timer = setInterval(() => {
      for (const now = performance.now(); due <= now; due += gap) {
        this.#ask(target, due);
      }
    }, gap);
  }

  get requests() {
    return this.samples.length;
  }

  async stop() {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    this.#agent.destroy();
  }

  /** How long those took that were due from one time until another, in milliseconds. */
  between(from, until) {
    return this.samples
      .filter(({ at }) => at >= from && at <= until)
      .map(({ milliseconds }) => milliseconds);
  }

  #ask(target, due) {
    const at = performance.timeOrigin + due;
    const asked = ask({ ...target, agent: this.#agent })
      .then(
        ({ status }) => status === 200,
        () => false,
      )
      .then(ok => {
        this.failed += ok ? 0 : 1;
        this.samples.push({ at, milliseconds: performance.now() - due });
        this.#open.delete(asked);
      });
    this.#open.add(asked);
  }
}
