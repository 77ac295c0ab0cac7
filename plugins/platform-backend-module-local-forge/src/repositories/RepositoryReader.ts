import { InputError, NotFoundError } from '@backstage/errors';
import type {
  CommitSummary,
  FileContent,
  TreeEntry,
} from '@slipway/plugin-platform-common';
import { GitFailedError, runGit } from '../git/runGit';
import { DEFAULT_BRANCH } from './types';
import type { RepositoryStorage } from './RepositoryStorage';

/** The largest file whose text is shown, in bytes. */
export const MAXIMUM_TEXT_BYTES = 1024 * 1024;

/** The fields of `git log --format`, one commit a NUL-separated record of five. */
export const SUMMARY_FORMAT = '%H%x00%an%x00%ae%x00%aI%x00%s';

/** The same fields of a branch's newest commit, as `git for-each-ref --format` takes them. */
const HEAD_FORMAT =
  '%(objectname)%00%(authorname)%00%(authoremail:trim)%00%(authordate:iso-strict)%00%(contents:subject)';

/** Looks into repositories: heads, trees, files, commits. */
export class RepositoryReader {
  readonly #storage: RepositoryStorage;

  constructor(storage: RepositoryStorage) {
    this.#storage = storage;
  }

  /** The newest commit of the default branch; `undefined` while there is none. */
  async head(repository: string): Promise<CommitSummary | undefined> {
    const { stdout } = await this.#git(repository, [
      'for-each-ref',
      `--format=${HEAD_FORMAT}`,
      `refs/heads/${DEFAULT_BRANCH}`,
    ]);
    const text = stdout.toString('utf8').replace(/\n$/, '');
    return text ? toSummary(text.split('\0')) : undefined;
  }

  /** Every branch with the commit it points to. */
  async branches(repository: string): Promise<Map<string, string>> {
    const { stdout } = await this.#git(repository, [
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads',
    ]);
    const lines = stdout.toString('utf8').split('\n').filter(Boolean);
    return new Map(lines.map(line => [line.slice(41), line.slice(0, 40)]));
  }

  /** Branches with their newest commits, those that changed last first. */
  async branchHeads(
    repository: string,
    limit: number,
  ): Promise<Array<{ branch: string; head: CommitSummary }>> {
    const { stdout } = await this.#git(repository, [
      'for-each-ref',
      '--sort=-committerdate',
      `--count=${limit}`,
      `--format=%(refname:lstrip=2)%00${HEAD_FORMAT}`,
      'refs/heads',
    ]);
    return stdout
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [branch, ...fields] = line.split('\0');
        return { branch, head: toSummary(fields) };
      });
  }

  /** Throws `NotFoundError` where there is no such commit. */
  async commit(repository: string, sha: string): Promise<CommitSummary> {
    checkSha(sha);
    const [commit] = await this.commits(repository, sha, {
      limit: 1,
      offset: 0,
    });
    return commit;
  }

  /** Commits from a ref backwards, newest first. Throws `NotFoundError` where there is no such ref. */
  async commits(
    repository: string,
    ref: string,
    page: { limit: number; offset: number },
  ): Promise<CommitSummary[]> {
    return this.#log(repository, checkRef(ref), page, noRef(repository, ref));
  }

  /** Commits that `to` has and `from` doesn't, newest first. Throws `NotFoundError` where there is no such commit. */
  async between(
    repository: string,
    { from, to, limit }: { from: string; to: string; limit: number },
  ): Promise<{ items: CommitSummary[]; total: number }> {
    const range = `${checkSha(from)}..${checkSha(to)}`;
    const missing = `The repository ${repository} doesn't have both ${from} and ${to}.`;
    const [items, { stdout }] = await Promise.all([
      this.#log(repository, range, { limit, offset: 0 }, missing),
      this.#lookUp(repository, ['rev-list', '--count', range, '--'], missing),
    ]);
    return { items, total: Number(stdout.toString('utf8')) };
  }

  async #log(
    repository: string,
    range: string,
    page: { limit: number; offset: number },
    missing: string,
  ): Promise<CommitSummary[]> {
    const args = [
      'log',
      '-z',
      `--format=${SUMMARY_FORMAT}`,
      `--max-count=${page.limit}`,
      `--skip=${page.offset}`,
      '--end-of-options',
      range,
      '--',
    ];
    const { stdout } = await this.#lookUp(repository, args, missing);
    const fields = stdout.toString('utf8').split('\0');
    const commits: CommitSummary[] = [];
    for (let start = 0; start + 4 < fields.length; start += 5) {
      commits.push(toSummary(fields.slice(start, start + 5)));
    }
    return commits;
  }

  /** What a directory holds, directories first. Throws `NotFoundError` where there is none. */
  async tree(
    repository: string,
    ref: string,
    path: string,
  ): Promise<TreeEntry[]> {
    const directory = checkPath(path).replace(/\/+$/, '');
    const { stdout } = await this.#lookUp(
      repository,
      [
        'ls-tree',
        '-z',
        '--long',
        '--end-of-options',
        `${checkRef(ref)}:${directory}`,
      ],
      `The repository ${repository} has no directory "${directory}" at ${ref}.`,
    );
    return stdout
      .toString('utf8')
      .split('\0')
      .filter(Boolean)
      .flatMap(line => toTreeEntry(line, directory))
      .sort(
        (one, other) =>
          one.type.localeCompare(other.type) ||
          one.name.localeCompare(other.name),
      );
  }

  /** One file; without its text where it is binary or large. `undefined` where there is no such file. */
  async file(
    repository: string,
    ref: string,
    path: string,
    maximumBytes = MAXIMUM_TEXT_BYTES,
  ): Promise<FileContent | undefined> {
    const { stdout, truncated } = await this.#git(
      repository,
      ['cat-file', '--batch'],
      {
        input: [`${checkRef(ref)}:${checkPath(path)}\n`],
        maximumBytes: maximumBytes + 1024,
      },
    );
    const end = stdout.indexOf('\n');
    const header = stdout.toString('utf8', 0, end);
    const [, digits] = /^[0-9a-f]{40} blob (\d+)$/.exec(header) ?? [];
    if (digits === undefined) {
      return undefined;
    }
    const size = Number(digits);
    const content = stdout.subarray(end + 1, end + 1 + size);
    const isShown = !truncated && size <= maximumBytes && !content.includes(0);
    return {
      path,
      size,
      ...(isShown && { text: content.toString('utf8') }),
    };
  }

  async #lookUp(repository: string, args: string[], missing: string) {
    try {
      return await this.#git(repository, args);
    } catch (error) {
      if (error instanceof GitFailedError && error.exitCode === 128) {
        throw new NotFoundError(missing);
      }
      throw error;
    }
  }

  #git(
    repository: string,
    args: string[],
    options: { input?: string[]; maximumBytes?: number } = {},
  ) {
    const directory = this.#storage.directoryOf(repository);
    return runGit(args, { directory, ...options });
  }
}

/** Refuses what isn't a whole commit id, with `InputError`. */
export function checkSha(sha: string): string {
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    throw new InputError(
      `${JSON.stringify(sha)} is not a commit id. Give all 40 hexadecimal digits.`,
    );
  }
  return sha;
}

/** Refuses what git would read as more than the name of a branch, tag or commit, with `InputError`. */
function checkRef(ref: string): string {
  const isPlain =
    ref.length <= 250 &&
    /^[^\s\p{Cc}~^:?*[\\@{}-][^\s\p{Cc}~^:?*[\\{}]*$/u.test(ref) &&
    !ref.includes('..') &&
    !ref.includes('//');
  if (!isPlain) {
    throw new InputError(
      `${JSON.stringify(ref)} can't be looked up. Give the name of a branch or tag, or a commit id.`,
    );
  }
  return ref;
}

/** Refuses paths that could not be in a repository, with `InputError`. */
function checkPath(path: string): string {
  if (
    /[\0\n\r]/.test(path) ||
    path.length > 4096 ||
    path.split('/').some(segment => segment === '..' || segment === '.') ||
    path.startsWith('/')
  ) {
    throw new InputError(
      `${JSON.stringify(path)} is not a path in a repository. Give it relative to the root, for example "src/index.js".`,
    );
  }
  return path;
}

function noRef(repository: string, ref: string): string {
  return `The repository ${repository} has no branch, tag or commit ${ref}.`;
}

/** Reads the fields that {@link SUMMARY_FORMAT} names. */
export function toSummary(fields: string[]): CommitSummary {
  const [sha, authorName, authorEmail, authoredAt, title] = fields;
  return {
    sha,
    title,
    authorName,
    authorEmail,
    authoredAt: new Date(authoredAt).toISOString(),
  };
}

function toTreeEntry(line: string, directory: string): TreeEntry[] {
  const tab = line.indexOf('\t');
  const [, type, , size] = line.slice(0, tab).split(/ +/);
  const name = line.slice(tab + 1);
  const path = directory ? `${directory}/${name}` : name;
  if (type === 'tree') {
    return [{ name, path, type: 'directory' }];
  }
  // Anything else is a submodule, which the forge keeps nothing of.
  return type === 'blob'
    ? [{ name, path, type: 'file', size: Number(size) }]
    : [];
}
