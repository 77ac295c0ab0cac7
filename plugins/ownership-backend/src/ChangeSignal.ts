import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  OWNERSHIP_SIGNAL_CHANNEL,
  type OwnershipSignal,
} from '@slipway/plugin-ownership-common';

/** Tells pages that something changed. */
export class ChangeSignal {
  readonly #signals: Pick<SignalsService, 'publish'>;

  constructor(options: { signals: Pick<SignalsService, 'publish'> }) {
    this.#signals = options.signals;
  }

  /** It waits for nobody, and nobody listening is no failure. */
  send(): void {
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: OWNERSHIP_SIGNAL_CHANNEL,
        message: { type: 'changed' } satisfies OwnershipSignal,
      })
      .catch(() => undefined);
  }
}
