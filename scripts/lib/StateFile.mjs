import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A small record in the data folder that the next start reads. Written whole or not at all; one
 * that cannot be read counts as empty.
 */
export class StateFile {
  #file;

  /**
   * @param {string} dataDir
   * @param {string} name
   */
  constructor(dataDir, name) {
    this.#file = path.join(dataDir, name);
  }

  /** @returns {Record<string, any>} */
  read() {
    if (!existsSync(this.#file)) return {};
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch {
      return {};
    }
  }

  /** @param {Record<string, unknown>} changes */
  merge(changes) {
    const content = JSON.stringify({ ...this.read(), ...changes });
    writeFileSync(`${this.#file}.new`, content, { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}
