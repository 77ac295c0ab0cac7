import type {
  Deployment,
  Release,
  ReleaseDetail,
  ReleaseHold,
} from '../../deployments';
import type { Configuration } from '../../configuration';
import type { ArtifactFact } from '../../pipelines';
import type { Page, Run } from '../../runs';
import type { DeliveryApi } from '../DeliveryApi';
import { path, type PlatformHttp } from '../PlatformHttp';

/** Releases, where they are brought, and what keeps them from it. */
export const deliveriesCalls = (http: PlatformHttp): DeliveryApi => ({
  listReleases(service, options) {
    return http.items<Release>(path`/services/${service}/releases`, options);
  },

  getRelease(service, number, options) {
    return http.json<ReleaseDetail>(
      path`/services/${service}/releases/${String(number)}`,
      options,
    );
  },

  listFacts(digest, options) {
    return http.items<ArtifactFact>(path`/artifacts/${digest}/facts`, options);
  },

  getSbom(digest, options) {
    return http.json<object>(path`/artifacts/${digest}/sbom`, options);
  },

  listDeployments({ service, ...query }, options) {
    return http.items<Deployment>(path`/services/${service}/deployments`, {
      ...options,
      query,
    });
  },

  pageDeployments(query, options) {
    return http.json<Page<Deployment>>('/deployments', {
      ...options,
      query: { ...query },
    });
  },

  deploy({ service, ...json }, options) {
    return http.json<Run>(path`/services/${service}/deployments`, {
      ...options,
      method: 'POST',
      json,
    });
  },

  rollBack({ service, ...json }, options) {
    return http.json<Run>(path`/services/${service}/rollbacks`, {
      ...options,
      method: 'POST',
      json,
    });
  },

  listHolds(service, options) {
    return http.items<ReleaseHold>(path`/services/${service}/holds`, options);
  },

  placeHold({ service, ...json }, options) {
    return http.json<ReleaseHold>(path`/services/${service}/holds`, {
      ...options,
      method: 'POST',
      json,
    });
  },

  liftHold({ service, id, ...json }, options) {
    return http.json<ReleaseHold>(path`/services/${service}/holds/${id}/lift`, {
      ...options,
      method: 'POST',
      json,
    });
  },

  getConfiguration({ service, environment }, options) {
    return http.json<Configuration>(
      path`/services/${service}/configuration/${environment}`,
      options,
    );
  },

  configure({ service, environment, ...json }, options) {
    return http.json<Run>(
      path`/services/${service}/configuration/${environment}`,
      { ...options, method: 'POST', json },
    );
  },
});
