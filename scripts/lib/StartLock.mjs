import {
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { identify, isRunning } from './processes.mjs';
import { UserError } from './UserError.mjs';

/**
 * Held by the one starter of a data folder. A lock whose owner has died is taken over.
 */
export class StartLock {
  #file;

  /** @param {string} dataDir */
  constructor(dataDir) {
    this.#file = path.join(dataDir, 'start.lock');
  }

  /**
   * @param {{ url: string }} details - told to whoever finds the lock taken
   * @throws UserError when another starter is at work
   */
  acquire(details) {
    const content = JSON.stringify({ ...identify(process.pid), ...details });
    for (;;) {
      try {
        writeFileSync(this.#file, content, { flag: 'wx', mode: 0o600 });
        return;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const owner = readOwner(this.#file);
      if (isRunning(owner)) {
        throw new UserError(
          `Slipway is already running from this checkout: ${owner.url} (process ${owner.pid}).\n` +
            'Stop it with Ctrl-C in its terminal. For a second, separate one: SLIPWAY_DATA=/another/folder SLIPWAY_PORT=7107 SLIPWAY_ROUTER_PORT=7180 npm start',
        );
      }
      this.#removeStale(owner);
    }
  }

  release() {
    rmSync(this.#file, { force: true });
  }

  /** Removes the dead owner's lock, and puts it back if it was another starter's new one. */
  #removeStale(owner) {
    const aside = `${this.#file}.${process.pid}`;
    try {
      renameSync(this.#file, aside);
    } catch (error) {
      if (error.code === 'ENOENT') return;
      throw error;
    }
    const removed = readOwner(aside);
    if (removed?.pid !== owner?.pid && isRunning(removed)) {
      renameSync(aside, this.#file);
    } else {
      unlinkSync(aside);
    }
  }
}

function readOwner(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
