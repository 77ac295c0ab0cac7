import type { Pipeline, Run } from '@slipway/plugin-platform-common';
import {
  EntityLink,
  InlineLink,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';

/** Who asked for a run and when, what it is about, and whose it is. */
export function RunSubtitle(props: { run: Run; pipeline?: Pipeline }) {
  const { run, pipeline } = props;
  const links = usePlatformLinks();
  const { service, environment } = run;
  const resourceId = resourceIdOf(run);
  return (
    <>
      asked by <EntityLink entityRef={run.requestedBy} />,{' '}
      <TimeAgo at={run.createdAt} />
      {service && (
        <>
          {' · '}
          <InlineLink
            href={links.service(service, environment ? 'delivery' : undefined)}
          >
            {service}
          </InlineLink>
          {environment && ` in ${environment}`}
        </>
      )}
      {' · '}belongs to <EntityLink entityRef={run.owner} />
      {resourceId && (
        <>
          {' · '}
          <InlineLink href={links.resource(resourceId)}>
            the resource
          </InlineLink>
        </>
      )}
      {pipeline && (
        <>
          {' · '}
          <InlineLink
            href={links.commit(pipeline.repository, pipeline.commit.sha)}
          >
            {pipeline.commit.sha.slice(0, 7)} {pipeline.commit.title}
          </InlineLink>{' '}
          on {pipeline.branch}
        </>
      )}
    </>
  );
}

/** What acts on a resource names it in its input; what makes one, in the output of its steps. */
function resourceIdOf({ input, output, steps }: Run): string | undefined {
  return [input, output, ...steps.map(step => step.output)]
    .map(each => each?.resourceId)
    .find(id => typeof id === 'string');
}
