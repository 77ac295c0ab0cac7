import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { MergeRequestReview } from '@slipway/plugin-platform-common';
import type { CatalogPeople } from '../people/CatalogPeople';
import type { Repositories } from '../repositories/Repositories';
import { DEFAULT_BRANCH, type RepositoryRow } from '../repositories/types';
import { MergeGit } from './MergeGit';
import type { MergeRequestNews } from './MergeRequestNews';
import type { MergeRequestReader } from './MergeRequestReader';
import type { MergeRequestStore } from './MergeRequestStore';
import type { MergeRequestRow } from './rows';

/** What people do with merge requests, but for merging them. */
export class MergeRequestService {
  readonly #store: MergeRequestStore;
  readonly #reader: MergeRequestReader;
  readonly #repositories: Repositories;
  readonly #people: CatalogPeople;
  readonly #news: MergeRequestNews;

  constructor(options: {
    store: MergeRequestStore;
    reader: MergeRequestReader;
    repositories: Repositories;
    people: CatalogPeople;
    news: MergeRequestNews;
  }) {
    this.#store = options.store;
    this.#reader = options.reader;
    this.#repositories = options.repositories;
    this.#people = options.people;
    this.#news = options.news;
  }

  /**
   * Asks to bring a branch into the default one; answers its number. Throws `InputError` where there is no such branch, or nothing in it to bring,
   * `NotAllowedError` for those who may not push there, `ConflictError` where one is open for it.
   */
  async open(
    repository: RepositoryRow,
    user: string,
    request: { sourceBranch: string; title: string; description: string },
  ): Promise<number> {
    await this.requireMember(repository, user, 'open merge requests for');
    const { sourceBranch, title } = request;
    if (sourceBranch === DEFAULT_BRANCH) {
      throw new InputError(
        `sourceBranch: ${DEFAULT_BRANCH} is where merge requests go. Name the branch that has your change.`,
      );
    }
    const { head, base } = await this.#compare(repository, sourceBranch);
    if (head === base) {
      throw new InputError(
        `sourceBranch: ${sourceBranch} has nothing that ${DEFAULT_BRANCH} doesn't have. Push a commit to it first.`,
      );
    }
    const number = await this.#store.insert({
      ...request,
      repositoryId: repository.id,
      author: user,
      head,
      base,
    });
    await this.#git(repository).keep(number, head);
    const { name, owner } = repository;
    await this.#news.opened({
      repository: name,
      number,
      title,
      owner,
      author: user,
    });
    return number;
  }

  async describe(
    repository: RepositoryRow,
    number: number,
    user: string,
    set: { title?: string; description?: string },
  ): Promise<void> {
    const row = await this.#reader.require(repository, number);
    if (user !== row.author) {
      await this.requireMember(repository, user, 'describe merge requests of');
    }
    await this.#store.describe(row.id, set);
    await this.#news.changed(row);
  }

  /** Throws `InputError` where a line is given without its file, or the file isn't in the branch. */
  async comment(
    repository: RepositoryRow,
    number: number,
    user: string,
    comment: { text: string; path?: string; line?: number },
  ): Promise<void> {
    const row = await this.#reader.require(repository, number);
    if (comment.line !== undefined && comment.path === undefined) {
      throw new InputError('path: say which file the line is of.');
    }
    await this.#store.comment(row.id, {
      ...comment,
      author: user,
      sha: row.head_sha,
    });
    await this.#news.said(row, user, 'commented on');
  }

  /** Throws `ConflictError` where there are commits that the person hasn't seen. */
  async review(
    repository: RepositoryRow,
    number: number,
    user: string,
    review: {
      verdict: MergeRequestReview['verdict'];
      sha: string;
      comment?: string;
    },
  ): Promise<void> {
    const row = await this.#requireOpen(repository, number);
    if (user === row.author) {
      throw new NotAllowedError(
        'Nobody reviews their own merge request. Ask somebody of your team.',
      );
    }
    await this.requireMember(repository, user, 'review merge requests of');
    const { head } = await this.#compare(repository, row.source_branch);
    if (review.sha !== head) {
      throw new ConflictError(
        `${row.source_branch} has new commits since you looked. Look at them, then review again.`,
      );
    }
    const { verdict, comment = null } = review;
    await this.#store.review(row.id, {
      author: user,
      verdict,
      comment,
      sha: head,
    });
    await this.#news.said(
      row,
      user,
      verdict === 'approved' ? 'approved' : 'asked for changes to',
    );
  }

  async close(
    repository: RepositoryRow,
    number: number,
    user: string,
  ): Promise<void> {
    const found = await this.#reader.require(repository, number);
    if (user !== found.author) {
      await this.requireMember(repository, user, 'close merge requests of');
    }
    await this.#store.locked(found, async row => {
      requireState(row, 'open');
      await this.#store.end(row.id, { state: 'closed', ended_by: user });
    });
    await this.#news.said(found, user, 'closed');
  }

  async reopen(
    repository: RepositoryRow,
    number: number,
    user: string,
  ): Promise<void> {
    const found = await this.#reader.require(repository, number);
    await this.requireMember(repository, user, 'open merge requests for');
    await this.#compare(repository, found.source_branch);
    await this.#store.locked(found, async row => {
      requireState(row, 'closed');
      const [other] = await this.#store.list({
        repositoryId: repository.id,
        sourceBranch: row.source_branch,
        state: 'open',
      });
      if (other) {
        throw new ConflictError(
          `!${other.number} is open for ${row.source_branch} already.`,
        );
      }
      await this.#store.end(row.id, { state: 'open' });
    });
    await this.#news.said(found, user, 'opened again');
  }

  /** Throws `NotAllowedError` for those who don't belong to the owning team. */
  async requireMember(
    { owner, name }: RepositoryRow,
    user: string,
    what: string,
  ): Promise<void> {
    const person = await this.#people.find(user);
    if (!person?.groups.has(owner)) {
      throw new NotAllowedError(
        `Only members of ${owner} may ${what} ${name}. Ask them to.`,
      );
    }
  }

  async #requireOpen(
    repository: RepositoryRow,
    number: number,
  ): Promise<MergeRequestRow> {
    const row = await this.#reader.require(repository, number);
    requireState(row, 'open');
    return row;
  }

  /** Throws `InputError` where there is no such branch, or it has nothing in common with the default one. */
  async #compare(
    { name }: RepositoryRow,
    branch: string,
  ): Promise<{ head: string; base: string }> {
    const branches = await this.#repositories.reader.branches(name);
    const head = branches.get(branch);
    const target = branches.get(DEFAULT_BRANCH);
    if (!head || !target) {
      throw new InputError(
        `sourceBranch: ${name} has no branch ${JSON.stringify(head ? DEFAULT_BRANCH : branch)}. Push it first.`,
      );
    }
    const base = await this.#git({ name }).base(target, head);
    if (!base) {
      throw new InputError(
        `sourceBranch: ${branch} and ${DEFAULT_BRANCH} have no commit in common. Start the branch from ${DEFAULT_BRANCH}.`,
      );
    }
    return { head, base };
  }

  #git({ name }: Pick<RepositoryRow, 'name'>): MergeGit {
    return new MergeGit(this.#repositories.directoryOf(name));
  }
}

/** Throws `ConflictError` where it is in another state. */
export function requireState(
  { number, state }: MergeRequestRow,
  wanted: MergeRequestRow['state'],
): void {
  if (state !== wanted) {
    throw new ConflictError(`!${number} is ${state}.`);
  }
}
