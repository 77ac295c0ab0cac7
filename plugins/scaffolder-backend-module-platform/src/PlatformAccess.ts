import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  PlatformApi,
  RequestOptions,
  Run,
} from '@slipway/plugin-platform-common';
import type { RunWatch } from './runs/RunWatch';

/** What the template actions are given to reach the platform. */
export interface PlatformAccessOptions {
  auth: AuthService;
  platform: PlatformApi;
  /** The address of the portal, for links that people follow. */
  portalUrl: string;
  /** One for all tasks. */
  watch: RunWatch;
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

  /** To act in the person's name. Their sign-in is good for about an hour from when the task was started or retried. */
  async requestOptions(signal = this.signal): Promise<RequestOptions> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#caller.getInitiatorCredentials(),
      targetPluginId: 'platform',
    });
    return { token, signal };
  }

  /** Looks at a run in the scaffolder's own name: a wait may take longer than a person's sign-in lasts. */
  async look(runId: string): Promise<Run> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'platform',
    });
    return this.platform.getRun(runId, { token });
  }

  /** The page of a resource. */
  resourceUrl(resourceId: string): string {
    return `${this.#portalUrl}/resources/${resourceId}`;
  }

  /** The page of a run. */
  runUrl(runId: string): string {
    return `${this.#portalUrl}/runs/${runId}`;
  }
}
