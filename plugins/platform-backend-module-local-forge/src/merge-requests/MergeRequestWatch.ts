import { DEFAULT_BRANCH, type RepositoryRow } from '../repositories/types';
import type { Repositories } from '../repositories/Repositories';
import { MergeGit } from './MergeGit';
import type { MergeRequestNews } from './MergeRequestNews';
import type { MergeRequestStore } from './MergeRequestStore';
import type { MergeRequestRow } from './rows';

/** Brings merge requests into line with the branches, which are the truth. */
export class MergeRequestWatch {
  readonly #store: MergeRequestStore;
  readonly #repositories: Repositories;
  readonly #news: Pick<MergeRequestNews, 'changed'>;

  constructor(options: {
    store: MergeRequestStore;
    repositories: Repositories;
    news: Pick<MergeRequestNews, 'changed'>;
  }) {
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#news = options.news;
  }

  /** Repeating it changes nothing more. */
  async look(
    repository: RepositoryRow,
    branches: ReadonlyMap<string, string>,
  ): Promise<void> {
    const open = await this.#store.list({
      repositoryId: repository.id,
      state: 'open',
    });
    const moved = open.filter(
      ({ source_branch: branch, head_sha: head }) =>
        branches.get(branch) !== head,
    );
    const target = branches.get(DEFAULT_BRANCH);
    const git = new MergeGit(this.#repositories.directoryOf(repository.name));
    for (const row of target ? open : []) {
      const head = branches.get(row.source_branch) ?? row.head_sha;
      const isMerged = await git.contains(target ?? '', head);
      const isGone = !branches.has(row.source_branch);
      if (isMerged || isGone) {
        await this.#end(row, isMerged ? 'merged' : 'closed');
      } else if (moved.includes(row)) {
        const base = (await git.base(target ?? '', head)) ?? row.base_sha;
        await git.keep(row.number, head);
        await this.#store.moved(row.id, head, base);
        await this.#news.changed(row);
      }
    }
  }

  /** Somebody merges, closes it or deletes its branch by hand, or a merge was cut off before it was recorded. */
  async #end(
    found: MergeRequestRow,
    state: 'merged' | 'closed',
  ): Promise<void> {
    await this.#store.locked(found, async row => {
      if (row.state === 'open') {
        await this.#store.end(row.id, { state });
      }
    });
    await this.#news.changed(found);
  }
}
