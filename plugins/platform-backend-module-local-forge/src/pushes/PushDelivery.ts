import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Push } from '@slipway/plugin-platform-node';
import type { RepositoryAnnouncer } from '../repositories/RepositoryAnnouncer';
import type { Repositories } from '../repositories/Repositories';
import { DEFAULT_BRANCH, type RepositoryRow } from '../repositories/types';
import { CoalescingQueue } from './CoalescingQueue';
import type {
  DatabaseDeliveryStore,
  DeliveredBranch,
} from './DatabaseDeliveryStore';
import { PushJournal, type JournalEntry } from './PushJournal';

type PushHandler = (push: Push) => Promise<void>;

/** Told of a repository's branches at every pass, once what moved was delivered. */
type BranchesHandler = (
  row: RepositoryRow,
  branches: ReadonlyMap<string, string>,
) => Promise<void>;

/** How many repositories are looked at side by side when all of them are. */
const SWEEP_WIDTH = 4;

/**
 * Tells the platform about pushes: at least once each, whatever crashes when.
 *
 * The refs are the truth about what was pushed and `delivered_branches` about what was told; a delivery
 * pass compares the two. It runs after each push and, for what a crash left, over all
 * repositories at start-up and twice a minute. A delivery is recorded after the handler resolved, so a
 * crash in between repeats it, under the same id. Of several pushes between two passes the newest is
 * delivered. Passes over one repository never overlap within a process; between processes they may, and
 * then hand over the same ids.
 */
export class PushDelivery {
  readonly #repositories: Repositories;
  readonly #store: DatabaseDeliveryStore;
  readonly #announcer: RepositoryAnnouncer;
  readonly #logger: LoggerService;
  readonly #passes = new CoalescingQueue<boolean>();
  #handler: PushHandler | undefined;
  #branchesHandler: BranchesHandler | undefined;

  constructor(options: {
    repositories: Repositories;
    store: DatabaseDeliveryStore;
    announcer: RepositoryAnnouncer;
    logger: LoggerService;
  }) {
    this.#repositories = options.repositories;
    this.#store = options.store;
    this.#announcer = options.announcer;
    this.#logger = options.logger;
  }

  /** Delivers to `handler` from now on, beginning with all that nobody was told yet. */
  deliverTo(handler: PushHandler): void {
    this.#handler = handler;
    this.sweep().catch(error => {
      this.#logger.error('Pushes could not be looked for', error);
    });
  }

  /** Tells `handler` of all branches at every pass. */
  alsoTell(handler: BranchesHandler): void {
    this.#branchesHandler = handler;
  }

  /** Delivers what all repositories hold back. */
  async sweep(): Promise<void> {
    const queue = await this.#repositories.rows();
    const work = async () => {
      for (let row = queue.pop(); row; row = queue.pop()) {
        await this.deliver(row);
      }
    };
    await Promise.all(Array.from({ length: SWEEP_WIDTH }, work));
  }

  /**
   * Delivers what one repository holds back; never throws, because what fails is logged and tried again by the
   * next sweep. With the id of a push that has ended, that push's journal entry is removed, too.
   */
  async deliver(row: RepositoryRow, endedPushId?: string): Promise<void> {
    try {
      const isComplete = await this.#passes.run(row.id, () => this.#pass(row));
      if (endedPushId && isComplete) {
        const directory = this.#repositories.directoryOf(row.name);
        await new PushJournal(directory).forget(endedPushId);
      }
    } catch (error) {
      this.#logger.warn(
        `Pushes to ${row.name} could not be looked for; they will be delivered later`,
        error as Error,
      );
    }
  }

  /** Resolves when nothing is being delivered. */
  async settled(): Promise<void> {
    await this.#passes.settled();
  }

  /** Answers whether everything the repository holds was delivered. */
  async #pass(row: RepositoryRow): Promise<boolean> {
    const handler = this.#handler;
    if (!handler) {
      return false;
    }
    const journal = new PushJournal(this.#repositories.directoryOf(row.name));
    // In this order: whoever moved a ref that is seen here had written their entry before.
    const branches = await this.#repositories.reader.branches(row.name);
    const [entries, delivered] = await Promise.all([
      journal.read(),
      this.#store.list(row.id),
    ]);

    const unfinished = await this.#deliverMoved(
      row,
      handler,
      branches,
      delivered,
      entries,
    );
    for (const { branch, sha, sequence } of delivered) {
      if (sha && !branches.has(branch)) {
        await this.#store.record(row.id, { branch, sequence: sequence + 1 });
      }
    }
    await this.#branchesHandler?.(row, branches);
    if (unfinished === 0) {
      await journal.clear(entries, branches);
    }
    return unfinished === 0;
  }

  async #deliverMoved(
    row: RepositoryRow,
    handler: PushHandler,
    branches: ReadonlyMap<string, string>,
    delivered: DeliveredBranch[],
    entries: JournalEntry[],
  ): Promise<number> {
    const known = new Map(delivered.map(item => [item.branch, item]));
    const moved = [...branches].filter(
      ([branch, sha]) => known.get(branch)?.sha !== sha,
    );
    if (moved.length === 0) {
      return 0;
    }
    const repository = await this.#repositories.describe(row);
    let unfinished = 0;
    for (const [branch, sha] of moved) {
      const sequence = (known.get(branch)?.sequence ?? 0) + 1;
      const entry = entries.find(
        ({ refs }) => refs.get(`refs/heads/${branch}`) === sha,
      );
      try {
        if (branch === DEFAULT_BRANCH) {
          await this.#announcer.announce(row.name, 'pushed');
        }
        await handler({
          id: `${row.id}/${branch}/${sequence}/${sha}`,
          repository,
          branch,
          sha,
          pushedBy: entry?.pushedBy ?? row.createdBy,
        });
        await this.#store.record(row.id, { branch, sha, sequence });
      } catch (error) {
        unfinished += 1;
        this.#logger.warn(
          `The push of ${sha} to ${branch} of ${row.name} could not be delivered; it will be tried again`,
          error as Error,
        );
      }
    }
    return unfinished;
  }
}
