import type { ReleaseSpec } from '@slipway/plugin-platform-node';
import { probe } from './probe';
import type { Endpoint, Tuning } from './types';

/** Asks a serving process again and again how it is. */
export class HealthMonitor {
  #timer: NodeJS.Timeout | undefined;
  #livenessFailures = 0;

  constructor(
    private readonly options: {
      endpoint: Endpoint;
      probes: Pick<ReleaseSpec, 'readiness' | 'liveness'>;
      tuning: Pick<Tuning, 'probeIntervalMs' | 'livenessFailures'>;
      /** `undefined` when all is well again. */
      degraded(reason: string | undefined): void;
      /** Liveness failed too often in a row. */
      dead(reason: string): void;
    },
  ) {}

  start(): void {
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    const { probes, tuning } = this.options;
    if (probes.readiness || probes.liveness) {
      this.#timer = setTimeout(() => this.#check(), tuning.probeIntervalMs);
      this.#timer.unref();
    }
  }

  async #check(): Promise<void> {
    const { endpoint, probes, tuning, degraded, dead } = this.options;
    const current = this.#timer;
    const liveness = await this.#ask(endpoint, probes.liveness);
    const readiness = liveness ?? (await this.#ask(endpoint, probes.readiness));
    if (this.#timer !== current) {
      return;
    }
    this.#livenessFailures = liveness ? this.#livenessFailures + 1 : 0;
    if (liveness && this.#livenessFailures >= tuning.livenessFailures) {
      this.stop();
      dead(liveness);
      return;
    }
    degraded(readiness);
    this.#schedule();
  }

  async #ask(
    endpoint: Endpoint,
    httpProbe: ReleaseSpec['liveness'],
  ): Promise<string | undefined> {
    if (!httpProbe) {
      return undefined;
    }
    const result = await probe(endpoint, httpProbe);
    switch (result.kind) {
      case 'ok':
        return undefined;
      case 'refused':
        return 'accepts no connection';
      default:
        return result.reason;
    }
  }
}
