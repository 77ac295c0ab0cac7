import type { CommitFile } from '@slipway/plugin-platform-common';
import { runGit } from '../git/runGit';

/** The most files of one change that are listed. */
const MAXIMUM_FILES = 300;
/** The most of one file's diff that is shown, in characters. */
const MAXIMUM_PATCH_LENGTH = 64 * 1024;
/** The most that is read of a whole diff, in bytes. */
const MAXIMUM_DIFF_BYTES = 2 * 1024 * 1024;

/** Git's options for a diff that is the same whatever is configured. */
const DIFF_OPTIONS = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames',
];

/**
 * What a command that knows git's diff options says was changed.
 *
 * @param command - `show` or `diff`, with options of its own
 * @param about - what it is asked about
 * @param format - the fields to read before the files, where it is `show`
 */
export async function readChanges(
  directory: string,
  command: string[],
  about: string[],
  format: { text: string; fields: number } = { text: '', fields: 0 },
): Promise<{ fields: string[]; files: CommitFile[] }> {
  const ask = (options: string[]) =>
    runGit(
      [
        ...command,
        ...DIFF_OPTIONS,
        ...options,
        '--end-of-options',
        ...about,
        '--',
      ],
      { directory, maximumBytes: MAXIMUM_DIFF_BYTES },
    );
  const isShow = format.fields > 0;
  const [facts, diff] = await Promise.all([
    ask([
      '-z',
      '--raw',
      '--numstat',
      ...(isShow ? [`--format=${format.text}`] : []),
    ]),
    ask(['--patch', ...(isShow ? ['--format='] : [])]),
  ]);
  const fields = facts.stdout.toString('utf8').split('\0');
  const patches = splitPatches(diff.stdout.toString('utf8'), diff.truncated);
  const files = readFiles(fields.slice(format.fields))
    .slice(0, MAXIMUM_FILES)
    .map((file, index) => {
      const patch = patches[index];
      return isShown(patch) ? { ...file, patch } : file;
    });
  return { fields, files };
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
