import { NotFoundError } from '@backstage/errors';
import type { CommitDetail, CommitFile } from '@slipway/plugin-platform-common';
import { GitFailedError, runGit } from '../git/runGit';
import { checkSha, SUMMARY_FORMAT, toSummary } from './RepositoryReader';

/** The most files of one commit that are listed. */
const MAXIMUM_FILES = 300;
/** The most of one file's diff that is shown, in characters. */
const MAXIMUM_PATCH_LENGTH = 64 * 1024;
/** The most that is read of a commit's whole diff, in bytes. */
const MAXIMUM_DIFF_BYTES = 2 * 1024 * 1024;

/**
 * Reads one commit with what it changed against its first parent.
 * Throws `NotFoundError` where there is no such commit.
 */
export async function readCommitDetail(
  directory: string,
  sha: string,
): Promise<CommitDetail> {
  checkSha(sha);
  const show = (options: string[], maximumBytes: number) =>
    runGit(
      [
        'show',
        '--no-color',
        '--no-ext-diff',
        '--no-textconv',
        '--diff-merges=first-parent',
        '--find-renames',
        ...options,
        '--end-of-options',
        `${sha}^{commit}`,
        '--',
      ],
      { directory, maximumBytes },
    );
  try {
    const [facts, diff] = await Promise.all([
      show(
        ['-z', '--raw', '--numstat', `--format=${SUMMARY_FORMAT}%x00%P%x00%B`],
        MAXIMUM_DIFF_BYTES,
      ),
      show(['--patch', '--format='], MAXIMUM_DIFF_BYTES),
    ]);
    const fields = facts.stdout.toString('utf8').split('\0');
    const patches = splitPatches(diff.stdout.toString('utf8'), diff.truncated);
    const files = readFiles(fields.slice(7)).map((file, index) => {
      const patch = patches[index];
      return isShown(patch) ? { ...file, patch } : file;
    });
    return {
      ...toSummary(fields),
      parents: fields[5].split(' ').filter(Boolean),
      message: fields[6].trimEnd(),
      files: files.slice(0, MAXIMUM_FILES),
    };
  } catch (error) {
    if (error instanceof GitFailedError && error.exitCode === 128) {
      throw new NotFoundError(`The repository has no commit ${sha}.`);
    }
    throw error;
  }
}

function isShown(patch: string | undefined): patch is string {
  return (
    patch !== undefined &&
    patch.length <= MAXIMUM_PATCH_LENGTH &&
    !/^Binary files .* differ$/m.test(patch)
  );
}

/** No line of a file's content starts with "diff", so the headers split the files safely. */
function splitPatches(text: string, truncated: boolean): string[] {
  const patches = text.split(/^(?=diff --git )/m).filter(Boolean);
  return truncated ? patches.slice(0, -1) : patches;
}

const CHANGES: Record<string, CommitFile['change']> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  R: 'renamed',
};

/**
 * Reads `--raw --numstat -z`: first a record per file that starts with a colon, then, in the same order,
 * one with its counted lines. Renames and copies name two paths.
 */
function readFiles(fields: string[]): CommitFile[] {
  const files: CommitFile[] = [];
  let index = 0;
  while (fields[index]?.trimStart().startsWith(':')) {
    const letter = fields[index].split(' ').at(-1)?.charAt(0) ?? '';
    const hasTwoPaths = letter === 'R' || letter === 'C';
    index += hasTwoPaths ? 3 : 2;
    files.push({
      path: fields[index - 1],
      change: CHANGES[letter] ?? 'modified',
      additions: 0,
      deletions: 0,
    });
  }
  for (const file of files) {
    const [additions, deletions, path] = (fields[index] ?? '').split('\t');
    index += path === '' ? 3 : 1;
    // Binary files count as "-".
    file.additions = Number(additions) || 0;
    file.deletions = Number(deletions) || 0;
  }
  return files;
}
