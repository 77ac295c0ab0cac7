import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ReleaseHold } from '@slipway/plugin-platform-common';
import { isId, type RunEvents } from '../../runs';
import type { HoldStore, ReleaseStore } from '../store';

/** How many holds of a service are shown. */
const SHOWN = 100;

/** Keeps digests from being deployed, until somebody lifts that. */
export class HoldService {
  readonly #store: HoldStore;
  readonly #releases: Pick<ReleaseStore, 'byNumber'>;
  readonly #events: Pick<RunEvents, 'publish'>;

  constructor(options: {
    store: HoldStore;
    releases: Pick<ReleaseStore, 'byNumber'>;
    events: Pick<RunEvents, 'publish'>;
  }) {
    this.#store = options.store;
    this.#releases = options.releases;
    this.#events = options.events;
  }

  /** Those in force and those that were lifted, the newest first. */
  list(service: string): Promise<ReleaseHold[]> {
    return this.#store.list(service, SHOWN);
  }

  /** What holds a digest now. */
  find(
    service: string,
    artifactDigest: string,
  ): Promise<ReleaseHold | undefined> {
    return this.#store.find(service, artifactDigest);
  }

  /** Holds what a release was made from; what serves goes on. Throws `ConflictError` where it is held already. */
  async place(
    service: string,
    request: { release: number; reason: string; placedBy: string },
  ): Promise<ReleaseHold> {
    const { release: number, reason, placedBy } = request;
    const release = await this.#releases.byNumber(service, number);
    if (!release) {
      throw new NotFoundError(`${service} has no release v${number}.`);
    }
    const { artifactDigest } = release;
    const there = await this.#store.find(service, artifactDigest);
    if (there) {
      throw new ConflictError(
        `${service} v${number} is held already: ${there.reason}`,
      );
    }
    const hold = await this.#store.place({
      service,
      artifactDigest,
      release: number,
      reason,
      placedBy,
    });
    this.#tell(service);
    return hold;
  }

  /** Throws `NotFoundError` where it isn't there, or was lifted before. */
  async lift(
    service: string,
    id: string,
    lifted: { by: string; reason: string },
  ): Promise<ReleaseHold> {
    const hold = isId(id)
      ? await this.#store.lift(service, id, lifted)
      : undefined;
    if (!hold) {
      throw new NotFoundError(
        `${service} has no hold ${id} that could be lifted. It may have been lifted just now.`,
      );
    }
    this.#tell(service);
    return hold;
  }

  #tell(service: string): void {
    this.#events.publish({ type: 'service', service });
  }
}
