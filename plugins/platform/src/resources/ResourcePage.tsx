import { ResponseError } from '@backstage/errors';
import { useRouteRefParams } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyNotice,
  LiveView,
  PageFrame,
} from '@slipway/plugin-platform-react';
import { resourceRouteRef, usePlatformLinks } from '../routes';
import { ResourceView } from './ResourceView';
import { useResource } from './useResource';

/** One resource, live. */
export function ResourcePage() {
  const { resourceId } = useRouteRefParams(resourceRouteRef);
  const links = usePlatformLinks();
  const live = useResource(resourceId);
  if (live.data) {
    return (
      <ResourceView
        key={live.data.id}
        resource={live.data}
        onChanged={live.refresh}
      />
    );
  }
  const isMissing =
    live.error instanceof ResponseError && live.error.statusCode === 404;
  return (
    <PageFrame
      title="Resource"
      crumbs={[{ label: 'Resources', href: links.resources() }]}
    >
      {isMissing ? (
        <EmptyNotice title="There is no such resource">
          The address may be incomplete.
          <ButtonLink variant="secondary" size="small" href={links.resources()}>
            Show my resources
          </ButtonLink>
        </EmptyNotice>
      ) : (
        <LiveView live={live} what="the resource">
          {() => undefined}
        </LiveView>
      )}
    </PageFrame>
  );
}
