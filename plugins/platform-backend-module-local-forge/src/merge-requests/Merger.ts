import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import {
  type MergeBlocker,
  PLATFORM_ACTOR,
} from '@slipway/plugin-platform-common';
import type { CatalogPeople } from '../people/CatalogPeople';
import type { PushDelivery } from '../pushes/PushDelivery';
import { PushJournal } from '../pushes/PushJournal';
import type { Repositories } from '../repositories/Repositories';
import { DEFAULT_BRANCH, type RepositoryRow } from '../repositories/types';
import { MergeGit } from './MergeGit';
import type { MergeRequestNews } from './MergeRequestNews';
import type { MergeRequestReader } from './MergeRequestReader';
import { type MergeRequestService, requireState } from './MergeRequestService';
import type { MergeRequestStore } from './MergeRequestStore';
import type { MergeRequestRow } from './rows';

/** Brings branches into the default one. */
export class Merger {
  readonly #store: MergeRequestStore;
  readonly #reader: MergeRequestReader;
  readonly #service: Pick<MergeRequestService, 'requireMember'>;
  readonly #repositories: Repositories;
  readonly #people: CatalogPeople;
  readonly #delivery: PushDelivery;
  readonly #news: MergeRequestNews;

  constructor(options: {
    store: MergeRequestStore;
    reader: MergeRequestReader;
    service: Pick<MergeRequestService, 'requireMember'>;
    repositories: Repositories;
    people: CatalogPeople;
    delivery: PushDelivery;
    news: MergeRequestNews;
  }) {
    this.#store = options.store;
    this.#reader = options.reader;
    this.#service = options.service;
    this.#repositories = options.repositories;
    this.#people = options.people;
    this.#delivery = options.delivery;
    this.#news = options.news;
  }

  /**
   * Throws `NotAllowedError` for those who don't belong to the owning team, and `ConflictError` that says what is in the way. Whatever dies when: the
   * branch was moved or wasn't, and the next look at the repository records which.
   *
   * @param request - `sha`: the newest commit that the person has seen
   */
  async merge(
    repository: RepositoryRow,
    number: number,
    user: string,
    request: { sha: string; keepBranch?: boolean },
  ): Promise<void> {
    await this.#service.requireMember(
      repository,
      user,
      'merge into the default branch of',
    );
    await this.#merge(repository, number, user, request, {
      isInTheWay: () => true,
      pushedBy: user,
    });
  }

  /** The same without a review, for what was agreed to elsewhere. Nothing happens where it is merged already. */
  async mergeAgreed(
    repository: RepositoryRow,
    number: number,
    user: string,
    request: { sha: string },
  ): Promise<void> {
    const { state } = await this.#reader.require(repository, number);
    if (state !== 'merged') {
      await this.#merge(repository, number, user, request, {
        isInTheWay: ({ kind }) => kind !== 'review',
        pushedBy: PLATFORM_ACTOR,
      });
    }
  }

  async #merge(
    repository: RepositoryRow,
    number: number,
    user: string,
    request: { sha: string; keepBranch?: boolean },
    {
      isInTheWay,
      pushedBy,
    }: {
      isInTheWay: (blocker: MergeBlocker) => boolean;
      pushedBy: string;
    },
  ): Promise<void> {
    const found = await this.#reader.require(repository, number);
    const pushId = await this.#store.locked(found, async row => {
      requireState(row, 'open');
      const detail = await this.#reader.detail(repository, number, user);
      if (detail.sha !== request.sha) {
        throw new ConflictError(
          `${row.source_branch} has new commits since you looked. Look at them, then merge.`,
        );
      }
      const blockers = detail.blockers.filter(isInTheWay);
      if (blockers.length > 0) {
        throw new ConflictError(
          blockers.map(({ message }) => message).join(' '),
        );
      }
      return this.#bringIn(repository, row, { user, pushedBy }, detail.sha);
    });
    if (!request.keepBranch) {
      await this.#git(repository).delete(found.source_branch, request.sha);
    }
    await this.#news.said(found, user, 'merged');
    await this.#delivery.deliver(repository, pushId);
  }

  /** Answers the id under which the journal says who did it. */
  async #bringIn(
    repository: RepositoryRow,
    row: MergeRequestRow,
    { user, pushedBy }: { user: string; pushedBy: string },
    head: string,
  ): Promise<string> {
    const { reader } = this.#repositories;
    const git = this.#git(repository);
    const branches = await reader.branches(repository.name);
    const target = branches.get(DEFAULT_BRANCH) ?? '';
    const outcome = await git.merge(target, head);
    if ('conflicts' in outcome) {
      throw movedMeanwhile();
    }
    const person = await this.#people.find(user);
    const merged = await git.commit(
      outcome.tree,
      [target, head],
      messageOf(row),
      {
        name: person?.displayName ?? user,
        email: person?.email ?? '',
      },
    );
    await git.keep(row.number, head);
    const base = (await git.base(target, head)) ?? row.base_sha;
    await this.#store.moved(row.id, head, base);
    const pushId = randomUUID();
    const journal = new PushJournal(
      this.#repositories.directoryOf(repository.name),
    );
    await journal.write(pushId, pushedBy, {
      ref: `refs/heads/${DEFAULT_BRANCH}`,
      from: target,
      to: merged,
    });
    if (!(await git.move(DEFAULT_BRANCH, merged, target))) {
      throw movedMeanwhile();
    }
    await this.#store.end(row.id, {
      state: 'merged',
      merge_sha: merged,
      ended_by: user,
    });
    return pushId;
  }

  #git({ name }: RepositoryRow): MergeGit {
    return new MergeGit(this.#repositories.directoryOf(name));
  }
}

function movedMeanwhile(): ConflictError {
  return new ConflictError(
    `Somebody pushed to ${DEFAULT_BRANCH} just now. Look again, then merge.`,
  );
}

function messageOf({
  source_branch: branch,
  title,
  repository,
  number,
}: MergeRequestRow): string {
  return `Merge branch '${branch}' into '${DEFAULT_BRANCH}'\n\n${title}\n\nSee merge request ${repository}!${number}\n`;
}
