import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DatabaseRepositoryStore } from './DatabaseRepositoryStore';
import type { RepositoryRow } from './types';

/** A directory under construction is a leftover when nothing has touched it for this long. */
const LEFTOVER_AFTER_MS = 10 * 60 * 1000;

const SUFFIX = '.git';

/**
 * Where the bare repositories are on disk:
 *
 * - `<name>.git`: repositories; one without a row in the database is a leftover of a crash,
 * - `.new/<id>`: under construction, renamed into place by the transaction that inserts the row,
 * - `.deleted/<name>-<id>.git`: deleted ones, kept until somebody removes them by hand.
 */
export class RepositoryStorage {
  readonly #root: string;
  readonly #store: DatabaseRepositoryStore;
  readonly #logger: LoggerService;

  private constructor(
    root: string,
    store: DatabaseRepositoryStore,
    logger: LoggerService,
  ) {
    this.#root = root;
    this.#store = store;
    this.#logger = logger;
  }

  static async create(options: {
    directory: string;
    store: DatabaseRepositoryStore;
    logger: LoggerService;
  }): Promise<RepositoryStorage> {
    const root = path.resolve(options.directory);
    await mkdir(path.join(root, '.new'), { recursive: true });
    await mkdir(path.join(root, '.deleted'), { recursive: true });
    return new RepositoryStorage(root, options.store, options.logger);
  }

  /** The directory that holds every repository: git's `GIT_PROJECT_ROOT`. */
  get root(): string {
    return this.#root;
  }

  /** A repository's own directory. */
  directoryOf(name: string): string {
    return path.join(this.#root, `${name}${SUFFIX}`);
  }

  /**
   * Creates a repository on disk and in the database: both or, whatever happens, neither.
   * Throws `ConflictError` where the name is taken.
   */
  async add(
    repository: RepositoryRow,
    build: (directory: string) => Promise<void>,
  ): Promise<void> {
    const building = path.join(this.#root, '.new', repository.id);
    const target = this.directoryOf(repository.name);
    let placed = false;
    try {
      await mkdir(building);
      await build(building);
      await this.#store.insert(repository, async () => {
        await this.#setAside(repository.name, randomUUID());
        await rename(building, target);
        placed = true;
        await syncDirectory(this.#root);
      });
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      if (placed) {
        await this.#removeUnlessStored(repository.name);
      }
      throw error;
    }
  }

  /**
   * Forgets a repository and moves its directory aside; answers whether there was one. With a creation key, one that was
   * created otherwise stays.
   */
  async remove(name: string, creationKey?: string): Promise<boolean> {
    return this.#store.delete(
      name,
      repository => this.#setAside(name, repository.id),
      creationKey,
    );
  }

  /**
   * Clears what a crash left behind: directories under construction that nobody works on, directories
   * without a row, and rows whose directory had already been moved aside.
   */
  async tidy(): Promise<void> {
    for (const name of await readdir(path.join(this.#root, '.new'))) {
      const directory = path.join(this.#root, '.new', name);
      const found = await stat(directory).catch(() => undefined);
      if (found && Date.now() - found.mtimeMs > LEFTOVER_AFTER_MS) {
        await rm(directory, { recursive: true, force: true });
      }
    }

    const onDisk = new Set(
      (await readdir(this.#root))
        .filter(entry => entry.endsWith(SUFFIX))
        .map(entry => entry.slice(0, -SUFFIX.length)),
    );
    const deleted = new Set(await readdir(path.join(this.#root, '.deleted')));
    for (const repository of await this.#store.list()) {
      const existed = onDisk.delete(repository.name);
      if (!existed && deleted.has(asideName(repository.name, repository.id))) {
        await this.#store.delete(repository.name, async () => undefined);
      } else if (!existed) {
        this.#logger.error(
          `The repository ${repository.name} has no directory ${this.directoryOf(repository.name)}; restore it from a backup or delete the repository.`,
        );
      }
    }
    for (const name of onDisk) {
      await this.#removeUnlessStored(name);
    }
  }

  async #removeUnlessStored(name: string): Promise<void> {
    await this.#store.withLock(name, async transaction => {
      const stored = await transaction('repositories').where({ name }).first();
      if (!stored) {
        this.#logger.warn(
          `Moving ${this.directoryOf(name)} aside: no repository of that name exists.`,
        );
        await this.#setAside(name, randomUUID());
      }
    });
  }

  async #setAside(name: string, id: string): Promise<void> {
    const aside = path.join(this.#root, '.deleted', asideName(name, id));
    await rename(this.directoryOf(name), aside).catch(error => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw error;
      }
    });
  }
}

function asideName(name: string, id: string): string {
  return `${name}-${id}${SUFFIX}`;
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
