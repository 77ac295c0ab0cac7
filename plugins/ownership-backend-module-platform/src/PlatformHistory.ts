import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  HistorySource,
  SourcedChange,
} from '@slipway/plugin-ownership-node';
import type { PlatformApi } from '@slipway/plugin-platform-common';
import { componentOf } from './componentOf';
import { platformToken } from './platformToken';

/** What the platform did to services: releases and configuration. */
export class PlatformHistory implements HistorySource {
  readonly #auth: AuthService;
  readonly #platform: Pick<PlatformApi, 'listServiceHistory'>;

  constructor(options: {
    auth: AuthService;
    platform: Pick<PlatformApi, 'listServiceHistory'>;
  }) {
    this.#auth = options.auth;
    this.#platform = options.platform;
  }

  async changes(
    after: { at?: string; key?: string },
    limit: number,
  ): Promise<SourcedChange[]> {
    const { token } = await platformToken(this.#auth);
    const changes = await this.#platform.listServiceHistory(
      { ...after, limit },
      { token },
    );
    return changes.map(({ key, service, at, actor, fields }) => ({
      key,
      entityRef: componentOf(service),
      at,
      actor,
      changes: fields,
    }));
  }
}
