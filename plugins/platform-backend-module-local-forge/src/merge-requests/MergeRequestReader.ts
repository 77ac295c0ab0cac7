import { NotFoundError } from '@backstage/errors';
import type {
  Branch,
  MergeRequest,
  MergeRequestDetail,
} from '@slipway/plugin-platform-common';
import type { CatalogPeople } from '../people/CatalogPeople';
import type { Repositories } from '../repositories/Repositories';
import { DEFAULT_BRANCH, type RepositoryRow } from '../repositories/types';
import { blockersOf } from './blockersOf';
import type { CommitStatusStore } from './CommitStatusStore';
import { MergeGit } from './MergeGit';
import type {
  MergeRequestFilter,
  MergeRequestStore,
} from './MergeRequestStore';
import {
  type MergeRequestRow,
  toComment,
  toMergeRequest,
  toReview,
} from './rows';

/** The most branches of a repository that are listed. */
const MAXIMUM_BRANCHES = 100;

/** Looks at merge requests: each as it stands now, with what keeps it from being merged. */
export class MergeRequestReader {
  readonly #store: MergeRequestStore;
  readonly #statuses: CommitStatusStore;
  readonly #repositories: Repositories;
  readonly #people: CatalogPeople;

  constructor(options: {
    store: MergeRequestStore;
    statuses: CommitStatusStore;
    repositories: Repositories;
    people: CatalogPeople;
  }) {
    this.#store = options.store;
    this.#statuses = options.statuses;
    this.#repositories = options.repositories;
    this.#people = options.people;
  }

  async list(filter: MergeRequestFilter): Promise<MergeRequest[]> {
    const rows = await this.#store.list(filter);
    return rows.map(toMergeRequest);
  }

  /** Throws `NotFoundError`. */
  async require(
    repository: RepositoryRow,
    number: number,
  ): Promise<MergeRequestRow> {
    const row = await this.#store.find(repository.id, number);
    if (!row) {
      throw new NotFoundError(
        `${repository.name} has no merge request !${number}.`,
      );
    }
    return row;
  }

  /** As its author sees it; `undefined` where there is none. */
  async find(
    repository: RepositoryRow,
    number: number,
  ): Promise<MergeRequestDetail | undefined> {
    const row = await this.#store.find(repository.id, number);
    return row && this.detail(repository, number, row.author);
  }

  /** @param viewer - the entity reference of the person who looks */
  async detail(
    repository: RepositoryRow,
    number: number,
    viewer: string,
  ): Promise<MergeRequestDetail> {
    const row = await this.require(repository, number);
    const git = new MergeGit(this.#repositories.directoryOf(repository.name));
    const { head, base, target } = await this.#placesOf(row);
    const person = await this.#people.find(viewer);
    const [commits, files, comments, reviews, status] = await Promise.all([
      git.commits(row.state === 'open' ? target : base, head),
      git.changes(base, head),
      this.#store.comments(row.id),
      this.#store.reviews(row.id),
      this.#statuses.get(repository.id, head),
    ]);
    const shown = {
      ...toMergeRequest(row),
      sha: head,
      commits,
      files,
      comments: comments.map(toComment),
      reviews: reviews.map(review => toReview(review, head)),
      status,
      canReview:
        viewer !== row.author && person?.groups.has(repository.owner) === true,
    };
    if (row.state !== 'open') {
      return { ...shown, blockers: [] };
    }
    const [outcome, asked] = await Promise.all([
      git.merge(target, head),
      Promise.all(
        shown.reviews.map(async review => {
          const reviewer = await this.#people.find(review.author);
          const isOwner = reviewer?.groups.has(repository.owner) ?? false;
          return { ...review, email: reviewer?.email, isOwner };
        }),
      ),
    ]);
    const conflicts = 'conflicts' in outcome ? outcome.conflicts : [];
    return {
      ...shown,
      blockers: blockersOf({ ...shown, reviews: asked, conflicts }),
    };
  }

  /** The default one first, then what changed last. */
  async branches({ id, name }: RepositoryRow): Promise<Branch[]> {
    const [branches, open] = await Promise.all([
      this.#repositories.reader.branchHeads(name, MAXIMUM_BRANCHES),
      this.#store.list({ repositoryId: id, state: 'open' }),
    ]);
    const [first, others] = [true, false].map(isDefault =>
      branches.filter(
        ({ branch }) => (branch === DEFAULT_BRANCH) === isDefault,
      ),
    );
    return [...first, ...others].map(({ branch, head }) => ({
      name: branch,
      head,
      isDefault: branch === DEFAULT_BRANCH,
      mergeRequest: open.find(row => row.source_branch === branch)?.number,
    }));
  }

  /** Where the branches are now; of one that has ended, where they were. */
  async #placesOf(
    row: MergeRequestRow,
  ): Promise<{ head: string; base: string; target: string }> {
    const { reader } = this.#repositories;
    const branches =
      row.state === 'open'
        ? await reader.branches(row.repository)
        : new Map<string, string>();
    const head = branches.get(row.source_branch);
    const target = branches.get(DEFAULT_BRANCH);
    if (!head || !target) {
      return { head: row.head_sha, base: row.base_sha, target: row.base_sha };
    }
    const git = new MergeGit(this.#repositories.directoryOf(row.repository));
    const base = (await git.base(target, head)) ?? row.base_sha;
    return { head, base, target };
  }
}
