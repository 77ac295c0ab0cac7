import type { RootConfigService } from '@backstage/backend-plugin-api';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { SourceFile } from './Located';
import { Settling } from './Settling';

/** How often the files are read, in milliseconds. */
const LOOK_MS = 1_000;
/** How long they have to stay as they are before they count: nobody's half-written file does. */
const SETTLE_MS = 200;

const MAGIC = /[*?[\]{}()!]/;

/**
 * The files of the environments. They are read over and over rather than watched: that is a millisecond, and it sees what editors,
 * git, replaced folders and mounted volumes do to them, which no watcher of ours did in every case.
 */
export class EnvironmentFiles {
  readonly #patterns: string[];
  /** The folder that the names of the files are relative to. */
  readonly folder: string;

  /** @param patterns - paths or globs, relative to the working directory */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map(pattern => path.resolve(pattern));
    this.folder = commonFolder(this.#patterns.map(folderOf));
  }

  /** Those that `platform.environmentsFrom` names, one path or glob or several. */
  static fromConfig(config: RootConfigService): EnvironmentFiles {
    const key = 'platform.environmentsFrom';
    const value = config.get(key);
    return new EnvironmentFiles(
      typeof value === 'string' ? [value] : config.getStringArray(key),
    );
  }

  /** Every file there is, by name. */
  async read(): Promise<SourceFile[]> {
    const files: SourceFile[] = [];
    for await (const file of glob(this.#patterns)) {
      const text = await readFile(file, 'utf8').catch(unlessGone);
      if (text !== undefined) {
        const name = path.relative(this.folder, file);
        files.push({ name: name.replaceAll(path.sep, '/'), text });
      }
    }
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Tells of the files whenever they have changed, and settled, until the signal aborts.
   *
   * @param known - as they were read before
   */
  async watch(
    known: SourceFile[],
    options: {
      signal: AbortSignal;
      onChange(files: SourceFile[]): void;
      /** Hears of files that are there and can't be read; they are tried again. */
      onError(error: Error): void;
    },
  ): Promise<void> {
    const { signal } = options;
    const settling = new Settling(known);
    while (!signal.aborted) {
      const pause = settling.isSettled ? LOOK_MS : SETTLE_MS;
      await setTimeout(pause, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
      try {
        const changed = settling.see(await this.read());
        if (changed && !signal.aborted) {
          options.onChange(changed);
        }
      } catch (error) {
        options.onError(error as Error);
      }
    }
  }
}

function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'EISDIR') {
    return undefined;
  }
  throw error;
}

/** The folder in which all that a pattern may find stands. */
function folderOf(pattern: string): string {
  const parts = pattern.split(path.sep);
  const magic = parts.findIndex(part => MAGIC.test(part));
  return parts.slice(0, magic === -1 ? -1 : magic).join(path.sep) || path.sep;
}

function commonFolder(folders: string[]): string {
  return folders.reduce((common, folder) => {
    let current = common;
    while (path.relative(current, folder).startsWith('..')) {
      current = path.dirname(current);
    }
    return current;
  });
}
