import type { AuthService } from '@backstage/backend-plugin-api';
import type { CallSource, SeenCall } from '@slipway/plugin-ownership-node';
import type { PlatformApi } from '@slipway/plugin-platform-common';
import { componentOf } from './componentOf';
import { platformToken } from './platformToken';

/** What the platform's router sees of calls between services. */
export class PlatformCalls implements CallSource {
  readonly #auth: AuthService;
  readonly #platform: Pick<PlatformApi, 'listServiceCalls'>;

  constructor(options: {
    auth: AuthService;
    platform: Pick<PlatformApi, 'listServiceCalls'>;
  }) {
    this.#auth = options.auth;
    this.#platform = options.platform;
  }

  async calls(): Promise<SeenCall[]> {
    const { token } = await platformToken(this.#auth);
    const calls = await this.#platform.listServiceCalls({ token });
    return calls.map(({ from, to, at }) => ({
      from: componentOf(from),
      to: componentOf(to),
      at,
    }));
  }
}
