import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type Deployment,
  type Environment,
  PLATFORM_ACTOR,
} from '@slipway/plugin-platform-common';
import type { Runtime } from '@slipway/plugin-platform-node';
import type { DeploymentStore } from '../deployments';
import type { Environments } from '../environments';
import { describeEnd, isInWeek, minutesInto } from '../environments/freezes';
import type { Chore } from '../runs';
import type { ServiceStore } from '../services';
import type { ScaleStore } from './ScaleStore';
import type { ScalingService } from './ScalingService';

/** How far apart looks are, in milliseconds. */
const EVERY_MS = 20_000;
const MINUTE_MS = 60_000;
/** When what came to nothing is tried again, in milliseconds. */
const AGAIN_MS = 15 * MINUTE_MS;

/**
 * Stops what serves where it is night, and starts it again in the morning. Whatever somebody starts or deploys in the night stays up until
 * the next one.
 */
export class SleepWatch implements Chore {
  readonly #store: ScaleStore;
  readonly #scaling: ScalingService;
  readonly #services: Pick<ServiceStore, 'list'>;
  readonly #deployments: Pick<DeploymentStore, 'current' | 'underWay'>;
  readonly #environments: Pick<Environments, 'get'>;
  readonly #runtime: Pick<Runtime, 'observe'>;
  readonly #logger: LoggerService;
  #notBefore = 0;

  constructor(options: {
    store: ScaleStore;
    scaling: ScalingService;
    services: Pick<ServiceStore, 'list'>;
    deployments: Pick<DeploymentStore, 'current' | 'underWay'>;
    environments: Pick<Environments, 'get'>;
    runtime: Pick<Runtime, 'observe'>;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#scaling = options.scaling;
    this.#services = options.services;
    this.#deployments = options.deployments;
    this.#environments = options.environments;
    this.#runtime = options.runtime;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    if (Date.now() >= this.#notBefore) {
      this.#notBefore = Date.now() + EVERY_MS;
      await this.look(new Date());
    }
  }

  /** What {@link SleepWatch.sweep} does now and then. */
  async look(now: Date): Promise<void> {
    const names = (await this.#services.list()).map(({ name }) => name);
    for (const { serving } of await this.#deployments.current(names)) {
      const environment =
        serving && this.#environments.get(serving.environment);
      if (serving && environment) {
        await this.#settle(serving, environment, now).catch(error =>
          this.#logger.warn(
            `${serving.service} in ${serving.environment} could not be put to sleep or woken: ${error}`,
          ),
        );
      }
    }
  }

  async #settle(
    { service, environment, createdAt }: Deployment,
    { sleep }: Environment,
    now: Date,
  ): Promise<void> {
    const place = { service, environment };
    const row = await this.#store.get(place);
    const night = sleep.find(window => isInWeek(window, now));
    if (!night) {
      if (row?.asleep_since) {
        await this.#wake(place, now);
      }
      return;
    }
    const began = now.getTime() - (minutesInto(night, now) + 1) * MINUTE_MS;
    const wantedSince = Math.max(
      Date.parse(createdAt),
      row?.woken_at?.getTime() ?? 0,
    );
    if (row?.asleep_since || wantedSince >= began) {
      return;
    }
    const { stopped } = await this.#runtime.observe(place);
    if (stopped || (await this.#deployments.underWay(service, environment))) {
      return;
    }
    await this.#scaling.start(
      'stop',
      { ...place, asleepUntil: describeEnd({ when: night }) },
      {
        requestedBy: PLATFORM_ACTOR,
        idempotencyKey: keyOf('sleep', place, now),
      },
    );
  }

  async #wake(
    place: { service: string; environment: string },
    now: Date,
  ): Promise<void> {
    const { stopped } = await this.#runtime.observe(place);
    if (!stopped) {
      // A deployment woke it.
      await this.#store.put(place, { asleep_since: null });
      return;
    }
    await this.#scaling.start(
      'start',
      { ...place, isMorning: true },
      {
        requestedBy: PLATFORM_ACTOR,
        idempotencyKey: keyOf('wake', place, now),
      },
    );
  }
}

/** One run however many backends look; another one where that came to nothing. */
function keyOf(
  what: string,
  { service, environment }: { service: string; environment: string },
  now: Date,
): string {
  return `${what}:${service}:${environment}:${Math.floor(now.getTime() / AGAIN_MS)}`;
}
