import { useApi } from '@backstage/frontend-plugin-api';
import type { Resource } from '@slipway/plugin-platform-common';
import {
  LiveView,
  Panel,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { ExplainList } from './ExplainList';

/** Why a resource is made by its definition: what else was looked at, and what decided. */
export function WhyPanel(props: { resource: Resource }) {
  const { resource } = props;
  const { id, name, type, environment, service, owner } = resource;
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: id,
    matches: signal =>
      signal.type === 'environments' ||
      (signal.type === 'resource' && signal.resourceId === id),
    query: options =>
      platformApi.explainResource(
        {
          type,
          environment,
          class: resource.class,
          id: name,
          service,
          owner,
        },
        options,
      ),
  });
  return (
    <Panel
      title={`Why ${resource.definition}`}
      aside="the most specific match wins"
    >
      <LiveView live={live} what="the explanation">
        {explanation => <ExplainList explanation={explanation} />}
      </LiveView>
    </Panel>
  );
}
