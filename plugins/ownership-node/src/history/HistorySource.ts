import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { FieldHistory } from '@slipway/plugin-ownership-common';

/** Something that happened to an entity, and that the catalog doesn't know. */
export interface SourcedChange {
  /** Unique, and the same as long as it is about the same. */
  key: string;
  entityRef: string;
  /** ISO 8601. */
  at: string;
  /** An entity reference. */
  actor: string;
  changes: FieldHistory[];
}

/** Tells what happened to entities. */
export interface HistorySource {
  /** The oldest first, after one that is known; those of one moment by key. */
  changes(
    after: { at?: string; key?: string },
    limit: number,
  ): Promise<SourcedChange[]>;
}

/** Where a module says who knows more of the history of entities. */
export interface HistorySourceExtensionPoint {
  setSource(source: HistorySource): void;
}

/** See {@link HistorySourceExtensionPoint}. */
export const historySourceExtensionPoint =
  createExtensionPoint<HistorySourceExtensionPoint>({
    id: 'ownership.history-source',
  });
