import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  PlatformApi,
  RequestOptions,
} from '@slipway/plugin-platform-common';

/** What the template actions are given to reach the platform. */
export interface PlatformAccessOptions {
  auth: AuthService;
  platform: PlatformApi;
  /** The address of the portal, for links that people follow. */
  portalUrl: string;
}

/** What an action tells about its caller; every action context fits. */
export interface ActionCaller {
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  signal?: AbortSignal;
}

/** The platform, as the person sees it who submitted the template. */
export class PlatformAccess {
  readonly platform: PlatformApi;
  readonly signal: AbortSignal | undefined;
  readonly #auth: AuthService;
  readonly #portalUrl: string;
  readonly #caller: ActionCaller;

  constructor(options: PlatformAccessOptions, caller: ActionCaller) {
    this.platform = options.platform;
    this.signal = caller.signal;
    this.#auth = options.auth;
    this.#portalUrl = options.portalUrl.replace(/\/$/, '');
    this.#caller = caller;
  }

  /** For one request: a token is short-lived, and what is waited for may take longer. */
  async requestOptions(signal = this.signal): Promise<RequestOptions> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#caller.getInitiatorCredentials(),
      targetPluginId: 'platform',
    });
    return { token, signal };
  }

  /** The page of a run. */
  runUrl(runId: string): string {
    return `${this.#portalUrl}/runs/${runId}`;
  }
}
