import { Link } from '@backstage/ui';
import type { Pipeline } from '@slipway/plugin-platform-common';
import { StateBadge } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';

/** How the pipeline of a commit went, with a link to it; nothing where it has none. */
export function CommitStatus({ pipeline }: { pipeline: Pipeline | undefined }) {
  const links = usePlatformLinks();
  return (
    <span>
      {pipeline && (
        <Link href={links.run(pipeline.runId)} standalone>
          <StateBadge state={pipeline.state} />
        </Link>
      )}
    </span>
  );
}
