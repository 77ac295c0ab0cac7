import type { JsonObject } from '@backstage/types';

/** Where a module tells that something happened that runs may be waiting for. */
export interface RunEventSink {
  /**
   * Tells every wait for this key, now or later, that its event has happened. Any number of times, from any backend: a wait
   * is resumed once. A later event of the same key replaces the payload for waits that come after it.
   */
  eventHappened(key: string, payload?: JsonObject): Promise<void>;
}
