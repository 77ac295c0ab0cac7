import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type {
  CommitStatus,
  CommitSummary,
  MergeRequest,
  Repository,
} from '@slipway/plugin-platform-common';
import type {
  Forge,
  NewRepository,
  OperationContext,
  Push,
} from '@slipway/plugin-platform-node';
import type { MergeRequests } from './merge-requests';
import { runGit } from './git/runGit';
import type { PushDelivery } from './pushes/PushDelivery';
import type { Repositories } from './repositories/Repositories';
import type { RepositoryAnnouncer } from './repositories/RepositoryAnnouncer';
import type { RepositoryCreator } from './repositories/RepositoryCreator';
import { checkSha } from './repositories/RepositoryReader';
import type { RepositoryStorage } from './repositories/RepositoryStorage';

/** The largest file that the platform reads as text, in bytes. */
const MAXIMUM_FILE_BYTES = 4 * 1024 * 1024;

/** Bare git repositories on this machine. Not for code of people you don't trust. */
export class LocalForge implements Forge {
  readonly name = 'local';
  readonly #repositories: Repositories;
  readonly #storage: RepositoryStorage;
  readonly #creator: RepositoryCreator;
  readonly #delivery: PushDelivery;
  readonly #announcer: RepositoryAnnouncer;
  readonly #mergeRequests: Pick<MergeRequests, 'reader' | 'setCommitStatus'>;

  constructor(options: {
    repositories: Repositories;
    storage: RepositoryStorage;
    creator: RepositoryCreator;
    delivery: PushDelivery;
    announcer: RepositoryAnnouncer;
    mergeRequests: Pick<MergeRequests, 'reader' | 'setCommitStatus'>;
  }) {
    this.#repositories = options.repositories;
    this.#storage = options.storage;
    this.#creator = options.creator;
    this.#delivery = options.delivery;
    this.#announcer = options.announcer;
    this.#mergeRequests = options.mergeRequests;
  }

  createRepository(
    { archive, createdBy, ...request }: NewRepository,
    { idempotencyKey }: OperationContext,
  ): Promise<Repository> {
    return this.#creator.create(
      createdBy,
      request,
      chunksOf(archive),
      idempotencyKey,
    );
  }

  findRepository(name: string): Promise<Repository | undefined> {
    return this.#repositories.find(name);
  }

  deliverPushesTo(handler: (push: Push) => Promise<void>): void {
    this.#delivery.deliverTo(handler);
  }

  async readFile(
    repository: string,
    sha: string,
    path: string,
  ): Promise<string | undefined> {
    const file = await this.#repositories.reader.file(
      repository,
      checkSha(sha),
      path,
      MAXIMUM_FILE_BYTES,
    );
    return file?.text;
  }

  getCommit(repository: string, sha: string): Promise<CommitSummary> {
    return this.#repositories.reader.commit(repository, sha);
  }

  commitsBetween(
    repository: string,
    range: { from: string; to: string; limit: number },
  ): Promise<{ items: CommitSummary[]; total: number }> {
    return this.#repositories.reader.between(repository, range);
  }

  async checkout(request: {
    repository: string;
    sha: string;
    branch: string;
    directory: string;
  }): Promise<void> {
    const { repository, directory } = request;
    const sha = checkSha(request.sha);
    await mkdir(directory, { recursive: true });
    // Copies every object, also those of commits that no branch leads to any more, and links none.
    await runGit(
      [
        'clone',
        '--quiet',
        '--local',
        '--no-hardlinks',
        '--no-checkout',
        '--template=',
        '--',
        this.#repositories.directoryOf(repository),
        '.',
      ],
      { directory },
    );
    await runGit(
      ['remote', 'set-url', 'origin', this.#repositories.cloneUrl(repository)],
      { directory },
    );
    await runGit(
      ['checkout', '--quiet', '--force', '-B', request.branch, sha, '--'],
      { directory },
    );
  }

  branches(repository: string): Promise<ReadonlyMap<string, string>> {
    return this.#repositories.reader.branches(repository);
  }

  async setCommitStatus(
    repository: string,
    sha: string,
    status: CommitStatus,
  ): Promise<void> {
    await this.#mergeRequests.setCommitStatus(repository, sha, status);
  }

  openMergeRequests(): Promise<MergeRequest[]> {
    return this.#mergeRequests.reader.list({ state: 'open' });
  }

  /** Its directory is kept beside the others, until somebody removes it by hand. */
  async deleteRepository(
    name: string,
    options: { createdUnder?: string } = {},
  ): Promise<boolean> {
    const wasThere = await this.#storage.remove(name, options.createdUnder);
    // Also where an earlier attempt died between the two.
    if (wasThere || !(await this.#repositories.row(name))) {
      await this.#announcer.announce(name, 'deleted');
    }
    return wasThere;
  }
}

/** Opens the file when it is asked for its first chunk, which a repository that is there already never does. */
async function* chunksOf(file: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(file);
}
