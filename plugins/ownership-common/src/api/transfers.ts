/** Every state of a transfer. */
export const TRANSFER_STATES = [
  'offered',
  'accepted',
  'moving',
  'done',
  'undoing',
  'undone',
  'declined',
  'withdrawn',
] as const;

/**
 * How far a transfer is. `accepted` waits for its move to begin; `declined`, `withdrawn` and `undone` are its ends, and so is `done`
 * a week after the move.
 */
export type TransferState = (typeof TRANSFER_STATES)[number];

/** Entities go from their owners to another team. */
export interface Transfer {
  id: string;
  state: TransferState;
  /** What goes, and who owned it when it was offered. */
  entities: Array<{
    entityRef: string;
    title: string;
    /** A group reference; left out where nobody owned it. */
    from?: string;
  }>;
  /** The group reference of who is to own it. */
  to: string;
  toTitle: string;
  reason: string;
  /** A user reference. */
  offeredBy: string;
  /** ISO 8601 in UTC. */
  offeredAt: string;
  /** The user reference of who accepted, declined, withdrew or took it back. */
  decidedBy?: string;
  /** ISO 8601 in UTC. */
  decidedAt?: string;
  /** Why it was declined or withdrawn. */
  decisionReason?: string;
  /** The run that moves it, or moved it back. */
  runId?: string;
  /** Why the last try to move failed. */
  problem?: string;
  /** ISO 8601 in UTC; once it is `done`. */
  movedAt?: string;
  /** Until when it can be undone; ISO 8601 in UTC. */
  undoUntil?: string;
  /** The places that the move touched, as sentences. */
  touched: string[];
}

/** Which transfers are wanted; all left out: all of them. */
export interface TransferFilter {
  /** A group reference: those from it or to it. */
  team?: string;
  entityRef?: string;
  state?: TransferState[];
  cursor?: string;
  limit?: number;
}

/** What is to go where. */
export interface TransferOffer {
  /** What is to go; left out where `owner` says it. */
  entityRefs?: string[];
  /** Everything that this group owns. */
  owner?: string;
  /** A group reference. */
  to: string;
  reason: string;
}
