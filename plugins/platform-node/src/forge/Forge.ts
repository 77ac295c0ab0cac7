import type {
  CommitSummary,
  Repository,
} from '@slipway/plugin-platform-common';

/** Commits that arrived on a branch. */
export interface Push {
  /** Unique for this update of this branch, and the same when it is delivered again. */
  id: string;
  repository: Repository;
  branch: string;
  /** The commit the branch points to now, 40 hexadecimal digits. */
  sha: string;
  /** The entity reference of the person who pushed. */
  pushedBy: string;
}

/** Where repositories live. */
export interface Forge {
  readonly name: string;

  /** Finds a repository by name; `undefined` where there is none. */
  findRepository(name: string): Promise<Repository | undefined>;

  /**
   * Hands every push of a branch to `handler`, including those that arrived while nobody listened.
   * Delivered at least once: a push counts as delivered when the handler resolves. Pushes of one branch
   * that come faster than they are delivered may be merged into the newest.
   */
  deliverPushesTo(handler: (push: Push) => Promise<void>): void;

  /** Reads one file of a commit; `undefined` where the commit has no such file. */
  readFile(
    repository: string,
    sha: string,
    path: string,
  ): Promise<string | undefined>;

  /** Reads the commit's own facts. Throws `NotFoundError` where there is no such commit. */
  getCommit(repository: string, sha: string): Promise<CommitSummary>;

  /**
   * Clones the repository into an empty or missing directory, with `sha` checked out on a branch of the
   * given name. The clone has an `origin`, shares no files with the forge's own storage and
   * contains no credentials.
   */
  checkout(request: {
    repository: string;
    sha: string;
    branch: string;
    directory: string;
  }): Promise<void>;
}
