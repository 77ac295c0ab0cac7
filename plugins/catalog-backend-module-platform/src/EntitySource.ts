import type { ErrorLike } from '@backstage/errors';
import type { DeferredEntity } from '@backstage/plugin-catalog-node';
import type { RequestOptions } from '@slipway/plugin-platform-common';

/** What was read of some things. */
export interface EntityReading {
  /** The entities of each thing, by its key; none where the thing is gone. */
  entities: Map<string, DeferredEntity[]>;
  /** The things that could not be read for now, with the reason. */
  failures: Map<string, ErrorLike>;
}

/** One kind of thing that the platform has, and that is to be in the catalog. Each thing has a key that never changes. */
export interface EntitySource {
  /** Unique: the catalog keeps what each source provides apart. */
  readonly name: string;
  /** The event topic on which changes are announced. */
  readonly topic: string;
  /** The annotation by which each of the entities tells the key of the thing it was made from. */
  readonly annotation: string;
  /** The key of the thing that an event is about. */
  keyOf(eventPayload: unknown): string;
  /** Everything there is. Throws where that can't be told. */
  readAll(options: RequestOptions): Promise<EntityReading>;
  /** These things as they are now. */
  read(keys: string[], options: RequestOptions): Promise<EntityReading>;
}
