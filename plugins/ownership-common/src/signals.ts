/** The signal channel that tells a page that something about ownership changed. A message says nothing else: a page fetches what it may see. */
export const OWNERSHIP_SIGNAL_CHANNEL = 'slipway-ownership';

/** What the signal channel carries. */
export interface OwnershipSignal {
  type: 'changed';
}

/** The event topic on which the catalog tells what changed in it. */
export const OWNERSHIP_CATALOG_TOPIC = 'ownership.catalog';

/** The event topic on which imports tell that the catalog doesn't have everything yet. It carries nothing. */
export const OWNERSHIP_IMPORTS_TOPIC = 'ownership.imports';

/** The payload on {@link OWNERSHIP_CATALOG_TOPIC}: entity references, or that too much changed to name it. */
export type OwnershipCatalogEvent = { actor?: string } & (
  { entityRefs: string[] } | { all: true }
);
