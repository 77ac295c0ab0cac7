import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A service that was made from a template, started as `score.yaml` starts it; it ends with the test at the latest. */
export class Service {
  #child;
  #lines;
  #url;

  /**
   * @param {import('node:test').TestContext} test
   * @param {string} folder - where it was rendered
   * @param {Record<string, string>} [env]
   */
  constructor(test, folder, env = {}) {
    test.after(() => this.#child.kill('SIGKILL'));
    this.#child = spawn(process.execPath, ['src/main.js'], {
      cwd: folder,
      env: { ...process.env, ...env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[
      Symbol.asyncIterator
    ]();
  }

  /** The next line that it logs with such a message. */
  async logged(message) {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) {
        throw new Error(`The service ended without saying "${message}".`);
      }
      const entry = JSON.parse(value);
      if (entry.msg === message || (message.test?.(entry.msg) ?? false)) {
        return entry;
      }
    }
  }

  /** Resolves when it listens, with what it said then. */
  async listening() {
    const entry = await this.logged('listening');
    this.#url = `http://127.0.0.1:${entry.port}`;
    return entry;
  }

  /** Status and body of an answer. */
  async ask(where, init) {
    const response = await fetch(`${this.#url}${where}`, init);
    return [response.status, await response.text()];
  }

  /** Tells it to stop; answers how it ended. */
  async stop() {
    this.#child.kill('SIGTERM');
    return this.ended();
  }

  /** Exit code and signal, once it has ended. */
  async ended() {
    const { exitCode, signalCode } = this.#child;
    return exitCode === null && signalCode === null
      ? once(this.#child, 'exit')
      : [exitCode, signalCode];
  }
}
