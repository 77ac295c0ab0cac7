import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { answers } from '../lib/readiness.mjs';
import { root } from '../lib/paths.mjs';
import { UserError } from '../lib/UserError.mjs';
import { lastLines } from '../lib/command.mjs';

const START_LIMIT_MS = 60_000;

/**
 * One backend of the cluster: a process that the test starts, kills, freezes and starts again. Only this
 * process, by its id, is ever sent a signal.
 */
export class Replica {
  #options;
  #child;

  /**
   * @param {{ name: string, port: number, directory: string, config: object, nodeArguments?: string[], onUnexpectedExit: (replica: Replica, reason: string) => void }} options
   */
  constructor(options) {
    this.#options = options;
    writeFileSync(
      this.#configFile,
      JSON.stringify(options.config, undefined, 2),
      { mode: 0o600 },
    );
  }

  /** `ready`: answers; `starting`; `frozen`; `down`: killed or never started. */
  state = /** @type {'down' | 'starting' | 'ready' | 'frozen'} */ ('down');

  /** When it was killed last, in milliseconds of `performance.now()`. */
  killedAt = 0;

  /** Also the name of its connections in PostgreSQL. */
  get name() {
    return this.#options.name;
  }

  get url() {
    return `http://localhost:${this.#options.port}`;
  }

  get pid() {
    return this.#child?.pid;
  }

  get logFile() {
    return path.join(this.#options.directory, `${this.name}.log`);
  }

  get #configFile() {
    return path.join(this.#options.directory, `${this.name}.json`);
  }

  /** Starts it and waits until it answers; a kill meanwhile ends the wait. */
  async start() {
    const { directory, nodeArguments = [] } = this.#options;
    const log = openSync(this.logFile, 'a', 0o600);
    const child = spawn(
      process.execPath,
      [
        ...nodeArguments,
        path.join(root, 'packages/fault-backend/dist/index.cjs'),
        ...['--config', this.#configFile],
      ],
      {
        cwd: directory,
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NODE_COMPILE_CACHE: path.join(directory, 'compile'),
        },
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    this.#child = child;
    this.state = 'starting';
    const isCurrent = () => this.#child === child;
    child.once('exit', (code, signal) => {
      if (!isCurrent()) return;
      this.#child = undefined;
      const wasExpected = this.state === 'down';
      this.state = 'down';
      if (!wasExpected) {
        this.#options.onUnexpectedExit(this, signal ?? `exit code ${code}`);
      }
    });
    const ready = await answers(`${this.url}/.backstage/health/v1/readiness`, {
      isAlive: isCurrent,
      timeout: START_LIMIT_MS,
    });
    if (!isCurrent()) return false;
    if (!ready) {
      await this.kill();
      throw new UserError(
        `${this.name} was not ready within ${START_LIMIT_MS / 1000} s. What its log says (${this.logFile}):\n\n${lastLines(this.logFile)}`,
      );
    }
    if (this.state === 'starting') this.state = 'ready';
    return true;
  }

  /** Dies as by a failure of the machine. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Stops as for a new version: it is asked, and hands its work back. */
  async stop() {
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), 15_000);
    await this.#end('SIGTERM');
    clearTimeout(timer);
  }

  async #end(signal) {
    const child = this.#child;
    if (!child) return;
    this.state = 'down';
    this.killedAt = performance.now();
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Stands still, as a virtual machine that is moved: it knows nothing of the time that passes. */
  freeze() {
    this.#child?.kill('SIGSTOP');
    this.state = 'frozen';
  }

  thaw() {
    if (this.state !== 'frozen') return;
    this.#child?.kill('SIGCONT');
    this.state = 'ready';
  }
}
