import type {
  CommitStatus,
  CommitSummary,
  MergeRequest,
  MergeRequestDetail,
  Repository,
} from '@slipway/plugin-platform-common';
import type { OperationContext } from '../context';

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

/** A repository that is to be made, with its first commit. */
export interface NewRepository {
  name: string;
  description: string;
  /** The entity reference of the team that will own it. */
  owner: string;
  /** The entity reference of the person it is made for, who must belong to that team; the commit's author. */
  createdBy: string;
  /** The first commit's message. */
  message: string;
  /** A gzipped tar of the first commit's files, on this machine. */
  archive: string;
}

/** A change of some files that the platform asks for. */
export interface ProposedChange {
  repository: string;
  /** What its branch is called; under the same name, it is the same proposal. */
  branch: string;
  title: string;
  description: string;
  /** The entity reference of the person on whose behalf; the commit's author. */
  author: string;
  /** What the files are to hold. */
  files: Array<{ path: string; text: string }>;
}

/** Where repositories live. */
export interface Forge {
  readonly name: string;

  /**
   * Makes a repository whose first commit holds the files of an archive, all of it or nothing, and hands that commit on as a
   * push. Under the idempotency key of an earlier call it answers what that one made, and finishes what it left half done.
   * Throws `InputError` for a name, owner or archive that won't do, `ConflictError` where the name is in use by
   * another, and `NotAllowedError` where the person doesn't belong to the team.
   */
  createRepository(
    repository: NewRepository,
    context: OperationContext,
  ): Promise<Repository>;

  /**
   * Deletes a repository, so that its name can be had again; answers whether there was one. With `createdUnder`, only the
   * one that {@link Forge.createRepository} made under that idempotency key: one of the same name by anybody else stays.
   */
  deleteRepository(
    name: string,
    options?: { createdUnder?: string },
  ): Promise<boolean>;

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

  /** Commits that `to` has and `from` doesn't, newest first. Throws `NotFoundError` where there is no such commit. */
  commitsBetween(
    repository: string,
    range: { from: string; to: string; limit: number },
  ): Promise<{ items: CommitSummary[]; total: number }>;

  /** Every branch with the commit it points to. */
  branches(repository: string): Promise<ReadonlyMap<string, string>>;

  /** Says what the pipeline of a commit has come to; the newest word counts. Nothing happens where there is no such repository. */
  setCommitStatus(
    repository: string,
    sha: string,
    status: CommitStatus,
  ): Promise<void>;

  /** Those of every repository that are open. */
  openMergeRequests(): Promise<MergeRequest[]>;

  /**
   * Opens a merge request of one commit on the newest of the default branch; answers the one there is where it was asked for before, whatever
   * became of it. Throws `NotFoundError` where there is no such repository.
   */
  proposeChange(change: ProposedChange): Promise<MergeRequest>;

  /** One merge request, with what keeps it from being merged; `undefined` where there is none. */
  findMergeRequest(
    repository: string,
    number: number,
  ): Promise<MergeRequestDetail | undefined>;

  /**
   * Merges what those concerned have agreed to elsewhere, so that nobody has to review it; the pipeline counts all the same. Nothing
   * happens where it is merged already. Throws `ConflictError` that says what is in the way.
   *
   * @param request - `by`: the entity reference of the person who merges. `sha`: the newest commit they agreed to
   */
  mergeAgreed(
    repository: string,
    number: number,
    request: { by: string; sha: string },
  ): Promise<void>;

  /** Closes a merge request that is open. */
  closeMergeRequest(
    repository: string,
    number: number,
    request: { by: string },
  ): Promise<void>;

  /** Revokes every access token of somebody; answers how many there were. */
  revokeAccess(userRef: string): Promise<number>;

  /** Gives a repository, and with it who may push, to another team; answers whether there is such a repository. */
  setOwner(repository: string, owner: string): Promise<boolean>;

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
