import { Link } from '@backstage/ui';
import type { Pipeline, Run } from '@slipway/plugin-platform-common';
import { EntityLink, TimeAgo } from '../components';
import { usePlatformLinks } from '../routes';

/** Who asked for a run and when, what it is about, and whose it is. */
export function RunSubtitle(props: { run: Run; pipeline?: Pipeline }) {
  const { run, pipeline } = props;
  const links = usePlatformLinks();
  const { service, environment } = run;
  return (
    <>
      asked by <EntityLink entityRef={run.requestedBy} />,{' '}
      <TimeAgo at={run.createdAt} />
      {service && (
        <>
          {' · '}
          <Link
            href={links.service(service, environment ? 'delivery' : undefined)}
            variant="body-small"
          >
            {service}
          </Link>
          {environment && ` in ${environment}`}
        </>
      )}
      {' · '}belongs to <EntityLink entityRef={run.owner} />
      {pipeline && (
        <>
          {' · '}
          <Link
            href={links.commit(pipeline.repository, pipeline.commit.sha)}
            variant="body-small"
          >
            {pipeline.commit.sha.slice(0, 7)} {pipeline.commit.title}
          </Link>{' '}
          on {pipeline.branch}
        </>
      )}
    </>
  );
}
