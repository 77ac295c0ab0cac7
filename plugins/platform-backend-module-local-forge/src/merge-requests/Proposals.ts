import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { PLATFORM_ACTOR } from '@slipway/plugin-platform-common';
import type { ProposedChange } from '@slipway/plugin-platform-node';
import type { CatalogPeople } from '../people/CatalogPeople';
import type { PushDelivery } from '../pushes/PushDelivery';
import { PushJournal } from '../pushes/PushJournal';
import { importCommit } from '../repositories/createFirstCommit';
import type { Repositories } from '../repositories/Repositories';
import { DEFAULT_BRANCH, type RepositoryRow } from '../repositories/types';
import { MergeGit } from './MergeGit';
import type { MergeRequestNews } from './MergeRequestNews';
import type { MergeRequestStore } from './MergeRequestStore';

const NO_COMMIT = '0'.repeat(40);

/** Merge requests that the platform opens for people, each of one commit. */
export class Proposals {
  readonly #store: MergeRequestStore;
  readonly #repositories: Repositories;
  readonly #people: CatalogPeople;
  readonly #delivery: PushDelivery;
  readonly #news: MergeRequestNews;

  constructor(options: {
    store: MergeRequestStore;
    repositories: Repositories;
    people: CatalogPeople;
    delivery: PushDelivery;
    news: MergeRequestNews;
  }) {
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#people = options.people;
    this.#delivery = options.delivery;
    this.#news = options.news;
  }

  /** Answers the number of the merge request; that of the one there is where it was asked for before. */
  async propose(
    repository: RepositoryRow,
    change: Omit<ProposedChange, 'repository'>,
  ): Promise<number> {
    const { branch: sourceBranch, title, description, author } = change;
    const [known] = await this.#store.list({
      repositoryId: repository.id,
      sourceBranch,
    });
    if (known) {
      return known.number;
    }
    const { head, base } = await this.#branch(repository, change);
    const number = await this.#store.insert({
      repositoryId: repository.id,
      title,
      description,
      sourceBranch,
      author,
      head,
      base,
    });
    const directory = this.#repositories.directoryOf(repository.name);
    await new MergeGit(directory).keep(number, head);
    const { name, owner } = repository;
    await this.#news.opened({ repository: name, number, title, owner, author });
    return number;
  }

  /** Makes the branch, unless an attempt before did. */
  async #branch(
    repository: RepositoryRow,
    change: Omit<ProposedChange, 'repository'>,
  ): Promise<{ head: string; base: string }> {
    const { branch } = change;
    const directory = this.#repositories.directoryOf(repository.name);
    const git = new MergeGit(directory);
    const before = await this.#heads(repository);
    const base = before.get(DEFAULT_BRANCH);
    if (!base) {
      throw new ConflictError(
        `${repository.name} has no branch ${DEFAULT_BRANCH} to change. Push it first.`,
      );
    }
    const there = before.get(branch);
    if (there) {
      return { head: there, base: (await git.base(base, there)) ?? base };
    }
    const pushId = randomUUID();
    const head = await this.#commit(directory, pushId, base, change);
    await new PushJournal(directory).write(pushId, PLATFORM_ACTOR, {
      ref: `refs/heads/${branch}`,
      from: NO_COMMIT,
      to: head,
    });
    if (!(await git.move(branch, head, NO_COMMIT))) {
      throw new ConflictError(
        `Somebody has just pushed a branch ${branch} to ${repository.name}. Try again.`,
      );
    }
    await git.drop(pushId);
    await this.#delivery.deliver(repository, pushId);
    return { head, base };
  }

  /** Under a reference of its own, which no branch, and so no pipeline, follows. */
  async #commit(
    directory: string,
    pushId: string,
    parent: string,
    { author, files, title, description }: Omit<ProposedChange, 'repository'>,
  ): Promise<string> {
    const person = await this.#people.find(author);
    const git = new MergeGit(directory);
    await importCommit(directory, {
      ref: git.proposalRef(pushId),
      parent,
      message: `${title}\n\n${description}`,
      author: {
        name: person?.displayName ?? author,
        email: person?.email ?? '',
      },
      at: new Date(),
      files: files.map(({ path, text }) => ({
        path,
        mode: '100644',
        content: Buffer.from(text),
      })),
    });
    return git.proposal(pushId);
  }

  #heads({ name }: RepositoryRow): Promise<ReadonlyMap<string, string>> {
    return this.#repositories.reader.branches(name);
  }
}
