import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { summarizeLog } from './summarizeLog.mjs';
import { rotate, sizeOf } from './logs.mjs';
import { end, identify, isRunning } from './processes.mjs';
import { UserError } from './UserError.mjs';

/** How long to wait before a restart, by the number of recent failures. */
const delays = [100, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A process that ran this long is considered well again. */
const recoveryTime = 60_000;
/** After so many failures in a row the person is told. */
const failuresToReport = 4;
const rotationInterval = 10_000;

/**
 * @typedef {object} ProcessSpec
 * @property {string} name - as the person knows it
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {string} logFile
 * @property {NodeJS.Signals} [stopSignal] - SIGTERM unless told
 * @property {number} [patience] - milliseconds it may take to stop
 * @property {number} [restartDelay] - milliseconds before each restart; longer after each failure unless told
 * @property {(process: { logOffset: number, isAlive: () => boolean }) => Promise<boolean>} waitUntilReady
 */

/**
 * One child process, kept alive. It leads a process group of its own, so that Ctrl-C at the
 * terminal reaches the starter only, and writes its log itself, so that it can outlive the starter.
 */
export class SupervisedProcess {
  #spec;
  #listener;
  #identity;
  #ready = false;
  #stopping = false;
  #failures = 0;
  #startedAt = 0;
  #restartTimer;
  #rotationTimer;

  /**
   * @param {ProcessSpec} spec
   * @param {{ onSpawn?: (identity: import('./processes.mjs').ProcessIdentity) => void, onNotice?: (message: string) => void }} [listener]
   */
  constructor(spec, listener = {}) {
    this.#spec = spec;
    this.#listener = listener;
  }

  /** The running process. */
  get identity() {
    return this.#identity;
  }

  /**
   * Starts the process and waits until it is ready; from then on it is restarted when it dies.
   *
   * @throws UserError when it ends or is not ready in time
   */
  async start() {
    const { name, logFile } = this.#spec;
    const logOffset = sizeOf(logFile);
    const identity = this.#spawn();
    const ready = await this.#spec.waitUntilReady({
      logOffset,
      isAlive: () => isRunning(identity),
    });
    if (this.#stopping) return;
    if (!ready) {
      const what = isRunning(identity)
        ? 'did not become ready'
        : 'ended while it was starting';
      await this.stop();
      throw new UserError(
        `${name} ${what}. What its log says (${logFile}):\n\n${summarizeLog(
          logFile,
        )}`,
      );
    }
    this.#ready = true;
    this.#rotationTimer = setInterval(() => rotate(logFile), rotationInterval);
    this.#rotationTimer.unref();
  }

  /**
   * Ends the process for good.
   *
   * @param {{ force?: boolean }} [options]
   */
  async stop(options = {}) {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    clearInterval(this.#rotationTimer);
    if (!this.#identity) return;
    await end(this.#identity, {
      signal: options.force ? 'SIGKILL' : this.#spec.stopSignal,
      patience: this.#spec.patience,
    });
  }

  #spawn() {
    const { command, args, cwd, env, uid, gid, logFile } = this.#spec;
    rotate(logFile);
    const log = openSync(logFile, 'a', 0o600);
    try {
      const child = spawn(command, args, {
        cwd,
        env,
        uid,
        gid,
        detached: true,
        stdio: ['ignore', log, log],
      });
      child.once('error', () => this.#onEnd(child));
      child.once('exit', () => this.#onEnd(child));
      this.#startedAt = performance.now();
      this.#identity = child.pid ? identify(child.pid) : undefined;
      if (this.#identity) this.#listener.onSpawn?.(this.#identity);
      return this.#identity;
    } finally {
      closeSync(log);
    }
  }

  #onEnd(child) {
    if (this.#stopping || !this.#ready) return;
    const { name, logFile, restartDelay } = this.#spec;
    if (performance.now() - this.#startedAt > recoveryTime) this.#failures = 0;
    const delay =
      restartDelay ?? delays[Math.min(this.#failures, delays.length - 1)];
    this.#failures += 1;
    const reason = child.signalCode ?? `exit code ${child.exitCode}`;
    this.#listener.onNotice?.(
      `${name} ended unexpectedly (${reason}); restarting it.`,
    );
    if (this.#failures === failuresToReport) {
      this.#listener.onNotice?.(
        `${name} keeps ending. It is tried again every ${
          delays.at(-1) / 1000
        } seconds. What its log says (${logFile}):\n\n${summarizeLog(
          logFile,
        )}\n`,
      );
    }
    this.#restartTimer = setTimeout(() => this.#spawn(), delay);
  }
}
