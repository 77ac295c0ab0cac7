import path from 'node:path';
import type { EndpointRequest } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import { AgentError } from '../AgentError';
import { RecordFile } from '../state/RecordFile';
import { comparePaths, isSamePath, matchesPath } from './paths';

/**
 * Addresses that people chose: host names with paths, and the workloads that their requests go to. A host name belongs to
 * the team and environment that took it first, for as long as any endpoint has it.
 */
export class EndpointRegistry {
  readonly #records: RecordFile<EndpointRequest>;

  constructor(stateDirectory: string) {
    this.#records = new RecordFile(path.join(stateDirectory, 'endpoints.json'));
  }

  get(id: string): EndpointRequest | undefined {
    return this.#records.get(id);
  }

  /** Requests that come from now on go there. */
  put(id: string, request: EndpointRequest): void {
    this.#requireFree(id, request);
    this.#records.set(id, request);
  }

  remove(id: string): void {
    this.#records.delete(id);
  }

  /** Who has a host name; `undefined` where it is free. */
  holderOf(host: string): EndpointRequest | undefined {
    return this.#at(host)[0]?.[1];
  }

  /** Where a request goes: by the longest path that fits. */
  route(host: string, pathname: string): WorkloadRef | undefined {
    const [, found] =
      this.#at(host)
        .filter(
          ([, each]) =>
            each.service !== undefined && matchesPath(each.path, pathname),
        )
        .sort(([, one], [, other]) => comparePaths(one.path, other.path))
        .at(0) ?? [];
    return found?.service === undefined
      ? undefined
      : { service: found.service, environment: found.environment };
  }

  #at(host: string): Array<[id: string, endpoint: EndpointRequest]> {
    return this.#records.entries().filter(([, each]) => each.host === host);
  }

  #requireFree(id: string, request: EndpointRequest): void {
    const { host } = request;
    const refuse = (message: string, hint = 'Choose another host.') => {
      throw new AgentError('ConflictError', message, hint);
    };
    const others = this.#at(host).filter(([otherId]) => otherId !== id);
    for (const [, other] of others) {
      if (
        other.owner !== request.owner ||
        other.environment !== request.environment
      ) {
        refuse(
          `${host}.localhost belongs to ${other.name} of ${other.owner} in ${other.environment}.`,
        );
      }
      if (
        request.service !== undefined &&
        other.service !== undefined &&
        isSamePath(request.path, other.path)
      ) {
        refuse(
          `${other.name} routes ${host}.localhost${other.path} to ${other.service} already.`,
          'Choose another host or path.',
        );
      }
    }
  }
}
