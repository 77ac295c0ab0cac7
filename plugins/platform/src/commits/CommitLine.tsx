import { Link, Text } from '@backstage/ui';
import type { CommitSummary } from '@slipway/plugin-platform-common';
import { TimeAgo } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';

/** A commit in a line: what it says, whose it is, and when it was made. */
export function CommitLine(props: {
  commit: CommitSummary;
  repository: string | undefined;
}) {
  const { commit, repository } = props;
  const links = usePlatformLinks();
  return (
    <Text as="div" variant="body-small" color="secondary">
      <Link
        href={repository && links.commit(repository, commit.sha)}
        variant="body-small"
        standalone
      >
        {commit.title}
      </Link>{' '}
      by {commit.authorName}, <TimeAgo at={commit.authoredAt} />
    </Text>
  );
}
