import type {
  CommitFile,
  CommitSummary,
} from '@slipway/plugin-platform-common';
import { ServiceUnavailableError } from '@backstage/errors';
import { GitFailedError, runGit } from '../git/runGit';
import type { Author } from '../repositories/createFirstCommit';
import { readChanges } from '../repositories/readChanges';
import { SUMMARY_FORMAT, toSummary } from '../repositories/RepositoryReader';

/** The most commits of a merge request that are listed. */
const MAXIMUM_COMMITS = 100;

/** What merging two commits comes to. */
export type MergeOutcome = { tree: string } | { conflicts: string[] };

/** What git knows of two commits of a bare repository, and can make of them. */
export class MergeGit {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Where two commits part; `undefined` where they have nothing in common. */
  async base(target: string, source: string): Promise<string | undefined> {
    const found = await this.#orNothing(['merge-base', target, source]);
    return found?.trim();
  }

  /** Whether a commit is there already. */
  async contains(target: string, source: string): Promise<boolean> {
    return (
      (await this.#orNothing([
        'merge-base',
        '--is-ancestor',
        source,
        target,
      ])) !== undefined
    );
  }

  /** Those that the target doesn't have, the newest first. */
  async commits(target: string, source: string): Promise<CommitSummary[]> {
    const { stdout } = await this.#git([
      'log',
      '-z',
      `--format=${SUMMARY_FORMAT}`,
      `--max-count=${MAXIMUM_COMMITS}`,
      `${target}..${source}`,
      '--',
    ]);
    const fields = stdout.toString('utf8').split('\0');
    return Array.from({ length: Math.floor(fields.length / 5) }, (_, index) =>
      toSummary(fields.slice(index * 5, index * 5 + 5)),
    );
  }

  async changes(base: string, source: string): Promise<CommitFile[]> {
    const { files } = await readChanges(
      this.#directory,
      ['diff'],
      [base, source],
    );
    return files;
  }

  /** Merges without touching any branch. Throws `ServiceUnavailableError` where git is too old for that. */
  async merge(target: string, source: string): Promise<MergeOutcome> {
    try {
      const { stdout } = await this.#git([
        'merge-tree',
        '--write-tree',
        '--name-only',
        '--no-messages',
        '-z',
        target,
        source,
      ]);
      return { tree: stdout.toString('utf8').replace(/\0[\s\S]*$/, '') };
    } catch (error) {
      if (!(error instanceof GitFailedError)) {
        throw error;
      }
      if (error.exitCode === 1) {
        const [, ...files] = error.stdout.split('\0').filter(Boolean);
        return { conflicts: [...new Set(files)] };
      }
      if (error.exitCode === 129) {
        throw new ServiceUnavailableError(
          'The git of this machine is too old to merge: it takes 2.38 or newer. Update git and try again.',
        );
      }
      throw error;
    }
  }

  async commit(
    tree: string,
    parents: string[],
    message: string,
    { name, email }: Author,
  ): Promise<string> {
    const { stdout } = await this.#git(
      ['commit-tree', tree, ...parents.flatMap(sha => ['-p', sha]), '-F', '-'],
      {
        input: [message],
        settings: { 'user.name': name, 'user.email': email },
      },
    );
    return stdout.toString('utf8').trim();
  }

  /** Points a branch to another commit, if it still points to `from`; answers whether it did. */
  async move(branch: string, to: string, from: string): Promise<boolean> {
    return this.#changeRef([`refs/heads/${branch}`, to, from]);
  }

  /** Deletes a branch if it still points to `from`; answers whether it did. */
  async delete(branch: string, from: string): Promise<boolean> {
    return this.#changeRef(['-d', `refs/heads/${branch}`, from]);
  }

  /** Keeps a commit that no branch may lead to any more. */
  async keep(number: number, sha: string): Promise<void> {
    await this.#git(['update-ref', `refs/merge-requests/${number}/head`, sha]);
  }

  /** What points to the commit of a proposal until its branch does. */
  proposalRef(id: string): string {
    return `refs/proposals/${id}`;
  }

  /** The commit of a proposal. */
  async proposal(id: string): Promise<string> {
    const { stdout } = await this.#git(['rev-parse', this.proposalRef(id)]);
    return stdout.toString('utf8').trim();
  }

  /** Forgets what pointed to the commit of a proposal. */
  async drop(id: string): Promise<void> {
    await this.#changeRef(['-d', this.proposalRef(id)]);
  }

  async #changeRef(args: string[]): Promise<boolean> {
    return (await this.#orNothing(['update-ref', ...args])) !== undefined;
  }

  /** `undefined` where git says no. */
  async #orNothing(args: string[]): Promise<string | undefined> {
    try {
      const { stdout } = await this.#git(args);
      return stdout.toString('utf8');
    } catch (error) {
      if (error instanceof GitFailedError && error.exitCode !== undefined) {
        return undefined;
      }
      throw error;
    }
  }

  #git(
    args: string[],
    options: { input?: string[]; settings?: Record<string, string> } = {},
  ) {
    return runGit(args, { directory: this.#directory, ...options });
  }
}
