/** A field as it was and as it is; left out where there was or is none. */
export interface FieldHistory {
  /** `owner`, `title`, `lifecycle`, ... */
  field: string;
  before?: string;
  after?: string;
}

/** What happened to an entity. */
export interface HistoryEntry {
  id: string;
  /** ISO 8601 in UTC. */
  at: string;
  /** An entity reference, or `catalog` where the catalog doesn't say who. */
  actor: string;
  action: 'appeared' | 'changed' | 'gone' | 'returned';
  changes: FieldHistory[];
}
