import { NotFoundError } from '@backstage/errors';
import type { CommitDetail } from '@slipway/plugin-platform-common';
import { GitFailedError } from '../git/runGit';
import { readChanges } from './readChanges';
import { checkSha, SUMMARY_FORMAT, toSummary } from './RepositoryReader';

/** How many fields stand before the files: a summary, the parents, the message. */
const FIELDS = 7;

/**
 * Reads one commit with what it changed against its first parent.
 * Throws `NotFoundError` where there is no such commit.
 */
export async function readCommitDetail(
  directory: string,
  sha: string,
): Promise<CommitDetail> {
  checkSha(sha);
  try {
    const { fields, files } = await readChanges(
      directory,
      ['show', '--diff-merges=first-parent'],
      [`${sha}^{commit}`],
      { text: `${SUMMARY_FORMAT}%x00%P%x00%B`, fields: FIELDS },
    );
    return {
      ...toSummary(fields),
      parents: fields[5].split(' ').filter(Boolean),
      message: fields[6].trimEnd(),
      files,
    };
  } catch (error) {
    if (error instanceof GitFailedError && error.exitCode === 128) {
      throw new NotFoundError(`The repository has no commit ${sha}.`);
    }
    throw error;
  }
}
