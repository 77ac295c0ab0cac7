import * as documented from '@slipway/plugin-platform-node/testUtils';
import type { Server } from 'node:http';
import { spec } from '../openapi';

/** An id that nothing has. */
export const NOBODY = '00000000-0000-4000-8000-000000000000';

const RUN = { kind: 'note', input: { text: 'x' } };

/** Each operation of the document, with a request that is as it should be; `isOpen`: it needs no token. */
export const operations = documented
  .operationsOf(spec.paths, {
    values: {
      digest: 'sha256:0',
      environment: 'dev',
      id: NOBODY,
      name: 'nothing',
      number: '1',
    },
    queries: {
      '/callbacks/{id}': '?expires=1&signature=forged',
      '/resource-definitions/explain': '?type=database&environment=dev',
    },
    bodies: {
      '/runs': RUN,
      '/runs/plan': RUN,
      '/services/{name}/deployments': { environment: 'dev', releaseId: NOBODY },
      '/previews': { service: 'nothing', branch: 'spike' },
      '/services/{name}/rollbacks': { environment: 'dev' },
      '/services/{name}/configuration/{environment}': { version: 0 },
      '/services/{name}/holds': { release: 1, reason: 'It is slow.' },
      '/services/{name}/holds/{id}/lift': { reason: 'It is mended.' },
    },
  })
  .map(operation => ({
    ...operation,
    isOpen: operation.path.startsWith('/callbacks'),
  }));

export const { unseenAnswers } = documented;

/** The answers that were given and aren't documented. */
export function undocumentedAnswers(seen: ReadonlySet<string>): string[] {
  return documented.undocumentedAnswers(operations, seen);
}

/** Calls the platform with a checker in between. */
export class DocumentedApi extends documented.DocumentedApi {
  /** @param seen - where several backends keep together what was answered */
  static of(server: Server, seen?: Set<string>): Promise<DocumentedApi> {
    return this.at(server, { pluginId: 'platform', operations }, seen);
  }
}
