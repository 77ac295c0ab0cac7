import { Link } from '@backstage/ui';
import {
  isFinalRunState,
  type Pipeline,
  type Run,
} from '@slipway/plugin-platform-common';
import { Elapsed, PersonName, TimeAgo } from '../components';
import { usePlatformLinks } from '../routes';

/** Who asked for a run and when, how long it queued and worked, and what it is about. */
export function RunSubtitle(props: { run: Run; pipeline?: Pipeline }) {
  const { run, pipeline } = props;
  const links = usePlatformLinks();
  const { createdAt, startedAt, endedAt, service, environment } = run;
  const hasEnded = isFinalRunState(run.state);
  const queuedUntil = startedAt ?? endedAt;
  return (
    <>
      asked by <PersonName entityRef={run.requestedBy} />,{' '}
      <TimeAgo at={createdAt} />
      {' · queued '}
      <Elapsed from={createdAt} to={queuedUntil} />
      {startedAt && (!hasEnded || endedAt) && (
        <>
          {hasEnded ? ' · worked ' : ' · working for '}
          <Elapsed from={startedAt} to={endedAt} />
        </>
      )}
      {service && (
        <>
          {' · '}
          <Link
            href={links.service(service, environment ? 'delivery' : undefined)}
            variant="body-small"
          >
            {service}
          </Link>
        </>
      )}
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
