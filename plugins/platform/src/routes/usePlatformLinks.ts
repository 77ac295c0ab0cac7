import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  accessTokensRouteRef,
  approvalRouteRef,
  approvalsRouteRef,
  commitRouteRef,
  createPageRouteRef,
  deliveriesRouteRef,
  environmentsRouteRef,
  releaseRouteRef,
  repositoriesRouteRef,
  repositoryRouteRef,
  resourceRouteRef,
  resourcesRouteRef,
  runRouteRef,
  runsRouteRef,
} from './routes';

/** Where the portal shows what; a link is `undefined` where its page is not installed. */
export interface PlatformLinks {
  runs(): string | undefined;
  run(runId: string, job?: string): string | undefined;
  approvals(): string | undefined;
  approval(approvalId: string): string | undefined;
  /** What was deployed where, of all services. */
  deliveries(): string | undefined;
  release(service: string, number: number): string | undefined;
  environments(): string | undefined;
  /** The definitions of the environments as they were read. */
  definitions(): string | undefined;
  /** The resources; those of one environment, whoever owns them, where it is named. */
  resources(environment?: string): string | undefined;
  resource(resourceId: string): string | undefined;
  /** Where people choose what to create. */
  create(): string | undefined;
  service(service: string, tab?: string): string | undefined;
  entity(entityRef: string): string | undefined;
  repositories(): string | undefined;
  repository(repository: string): string | undefined;
  commits(repository: string): string | undefined;
  commit(repository: string, sha: string): string | undefined;
  /** A folder or file of the default branch. */
  code(repository: string, path: string): string | undefined;
  mergeRequests(repository: string): string | undefined;
  /** Without a number, where one is opened. */
  mergeRequest(repository: string, number: number | 'new'): string | undefined;
  accessTokens(): string | undefined;
}

/** Links to the platform's pages, and to those of the catalog. */
export function usePlatformLinks(): PlatformLinks {
  const runs = useRouteRef(runsRouteRef);
  const run = useRouteRef(runRouteRef);
  const approvals = useRouteRef(approvalsRouteRef);
  const approval = useRouteRef(approvalRouteRef);
  const deliveries = useRouteRef(deliveriesRouteRef);
  const release = useRouteRef(releaseRouteRef);
  const environments = useRouteRef(environmentsRouteRef);
  const resources = useRouteRef(resourcesRouteRef);
  const resource = useRouteRef(resourceRouteRef);
  const create = useRouteRef(createPageRouteRef);
  const repositories = useRouteRef(repositoriesRouteRef);
  const repository = useRouteRef(repositoryRouteRef);
  const commit = useRouteRef(commitRouteRef);
  const accessTokens = useRouteRef(accessTokensRouteRef);
  const entity = useRouteRef(entityRouteRef);

  const below = (base: string | undefined, suffix: string) =>
    base === undefined ? undefined : `${base}${suffix}`;

  return {
    runs: () => runs?.(),
    run: (runId, job) =>
      below(
        run?.({ runId }),
        job === undefined ? '' : `?job=${encodeURIComponent(job)}`,
      ),
    approvals: () => approvals?.(),
    approval: approvalId => approval?.({ approvalId }),
    deliveries: () => deliveries?.(),
    release: (service, number) =>
      release?.({ service, number: String(number) }),
    environments: () => environments?.(),
    definitions: () => below(environments?.(), '/definitions'),
    resources: environment =>
      below(
        resources?.(),
        environment === undefined
          ? ''
          : `?who=all&environment=${encodeURIComponent(environment)}`,
      ),
    resource: resourceId => resource?.({ resourceId }),
    create: () => create?.(),
    service: (service, tab) =>
      below(
        entity?.({ kind: 'component', namespace: 'default', name: service }),
        tab === undefined ? '' : `/${tab}`,
      ),
    entity: entityRef => entity?.(parseEntityRef(entityRef)),
    repositories: () => repositories?.(),
    repository: name => repository?.({ repository: name }),
    commits: name => below(repository?.({ repository: name }), '/commits'),
    commit: (name, sha) => commit?.({ repository: name, sha }),
    code: (name, path) =>
      below(
        repository?.({ repository: name }),
        `/code/${path.split('/').map(encodeURIComponent).join('/')}`,
      ),
    mergeRequests: name =>
      below(repository?.({ repository: name }), '/merge-requests'),
    mergeRequest: (name, number) =>
      below(repository?.({ repository: name }), `/merge-requests/${number}`),
    accessTokens: () => accessTokens?.(),
  };
}
