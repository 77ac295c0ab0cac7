import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { NotFoundError } from '@backstage/errors';
import type {
  CommitStatus,
  CommitSummary,
  MergeRequest,
  MergeRequestDetail,
  Repository,
} from '@slipway/plugin-platform-common';
import type {
  Forge,
  NewRepository,
  OperationContext,
  ProposedChange,
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
import type { RepositoryRow } from './repositories/types';
import type { AccessTokenService } from './tokens/AccessTokenService';

/** The largest file that the platform reads as text, in bytes. */
const MAXIMUM_FILE_BYTES = 4 * 1024 * 1024;

type LocalMergeRequests = Pick<
  MergeRequests,
  'reader' | 'service' | 'merger' | 'proposals' | 'setCommitStatus'
>;

/** Bare git repositories on this machine. Not for code of people you don't trust. */
export class LocalForge implements Forge {
  readonly name = 'local';
  readonly #repositories: Repositories;
  readonly #storage: RepositoryStorage;
  readonly #creator: RepositoryCreator;
  readonly #delivery: PushDelivery;
  readonly #announcer: RepositoryAnnouncer;
  readonly #mergeRequests: LocalMergeRequests;
  readonly #accessTokens: Pick<AccessTokenService, 'revokeAll'>;

  constructor(options: {
    repositories: Repositories;
    storage: RepositoryStorage;
    creator: RepositoryCreator;
    delivery: PushDelivery;
    announcer: RepositoryAnnouncer;
    mergeRequests: LocalMergeRequests;
    accessTokens: Pick<AccessTokenService, 'revokeAll'>;
  }) {
    this.#repositories = options.repositories;
    this.#storage = options.storage;
    this.#creator = options.creator;
    this.#delivery = options.delivery;
    this.#announcer = options.announcer;
    this.#mergeRequests = options.mergeRequests;
    this.#accessTokens = options.accessTokens;
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

  async proposeChange({
    repository,
    ...change
  }: ProposedChange): Promise<MergeRequest> {
    const row = await this.#require(repository);
    const number = await this.#mergeRequests.proposals.propose(row, change);
    return this.#mergeRequests.reader.detail(row, number, change.author);
  }

  async findMergeRequest(
    repository: string,
    number: number,
  ): Promise<MergeRequestDetail | undefined> {
    const row = await this.#repositories.row(repository);
    return row && this.#mergeRequests.reader.find(row, number);
  }

  async mergeAgreed(
    repository: string,
    number: number,
    { by, sha }: { by: string; sha: string },
  ): Promise<void> {
    const row = await this.#require(repository);
    await this.#mergeRequests.merger.mergeAgreed(row, number, by, { sha });
  }

  async closeMergeRequest(
    repository: string,
    number: number,
    { by }: { by: string },
  ): Promise<void> {
    const row = await this.#repositories.row(repository);
    const found = row && (await this.#mergeRequests.reader.find(row, number));
    if (row && found?.state === 'open') {
      await this.#mergeRequests.service.close(row, number, by);
    }
  }

  revokeAccess(userRef: string): Promise<number> {
    return this.#accessTokens.revokeAll(userRef);
  }

  async setOwner(repository: string, owner: string): Promise<boolean> {
    const isThere = await this.#repositories.setOwner(repository, owner);
    if (isThere) {
      await this.#announcer.announce(repository, 'transferred');
    }
    return isThere;
  }

  async #require(name: string): Promise<RepositoryRow> {
    const row = await this.#repositories.row(name);
    if (!row) {
      throw new NotFoundError(`There is no repository "${name}".`);
    }
    return row;
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
