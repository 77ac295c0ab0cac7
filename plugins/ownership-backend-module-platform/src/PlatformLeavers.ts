import type { AuthService } from '@backstage/backend-plugin-api';
import type { LeaverHandler } from '@slipway/plugin-ownership-node';
import type {
  LeaverRequest,
  PlatformApi,
} from '@slipway/plugin-platform-common';
import { platformToken } from './platformToken';

/** Lets the platform revoke access tokens, and let others approve what waits. */
export class PlatformLeavers implements LeaverHandler {
  readonly #auth: AuthService;
  readonly #platform: Pick<PlatformApi, 'personLeft'>;

  constructor(options: {
    auth: AuthService;
    platform: Pick<PlatformApi, 'personLeft'>;
  }) {
    this.#auth = options.auth;
    this.#platform = options.platform;
  }

  async left(leaver: LeaverRequest): Promise<string[]> {
    const { token } = await platformToken(this.#auth);
    const { touched } = await this.#platform.personLeft(leaver, { token });
    return touched;
  }
}
