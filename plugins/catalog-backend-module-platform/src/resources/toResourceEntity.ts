import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_VIEW_URL,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  ENVIRONMENT_ANNOTATION,
  RESOURCE_ANNOTATION,
  type Resource,
} from '@slipway/plugin-platform-common';

/** Why a resource failed, and what to do; see `ResourceFailureProcessor`. */
export const FAILURE_ANNOTATION = 'slipway.dev/failure';

/** The class of a resource that was asked for without one. */
const DEFAULT_CLASS = 'default';

/** What the catalog shows of a resource; its page in the portal has the rest. */
export function toResourceEntity(
  resource: Resource,
  options: { portalUrl: string; system?: string },
): Entity {
  const { id, environment, type, owner, connections } = resource;
  const { namespace, name } = parseEntityRef(resource.entityRef);
  const url = `${options.portalUrl}/resources/${id}`;
  const location = `url:${url}`;
  const dependencyOf = [
    ...new Set(
      connections.map(({ service }) =>
        stringifyEntityRef({ kind: 'component', name: service }),
      ),
    ),
  ];
  const failure = failureOf(resource);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      namespace,
      name,
      title: `${resource.name} in ${environment}`,
      description: describe(resource),
      tags: tagsOf(resource),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_VIEW_URL]: url,
        [RESOURCE_ANNOTATION]: id,
        [ENVIRONMENT_ANNOTATION]: environment,
        ...(failure && { [FAILURE_ANNOTATION]: failure }),
      },
      links: [{ url, title: 'State, outputs and history', icon: 'dashboard' }],
    },
    spec: {
      type,
      owner,
      ...(options.system && { system: options.system }),
      ...(dependencyOf.length > 0 && { dependencyOf }),
    },
  };
}

function tagsOf(resource: Resource): string[] {
  const { type, environment } = resource;
  const isPlain = resource.class === DEFAULT_CLASS;
  return [type, ...(isPlain ? [] : [resource.class]), environment];
}

function describe(resource: Resource): string {
  const { type, environment, service } = resource;
  const kind =
    resource.class === DEFAULT_CLASS
      ? `${type} in ${environment}`
      : `${type} (${resource.class}) in ${environment}`;
  return service ? `${kind}, made for ${service}` : kind;
}

function failureOf({ state, failure }: Resource): string | undefined {
  return state === 'failed'
    ? [failure?.message ?? 'Its last run failed.', failure?.hint]
        .filter(Boolean)
        .join(' ')
    : undefined;
}
