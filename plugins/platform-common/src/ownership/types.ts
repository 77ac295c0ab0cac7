/** What goes to other teams, as the ownership backend asks for it once all concerned have agreed. */
export interface OwnershipMoveRequest {
  /** Names the move: asked for again under it, it is the same. */
  key: string;
  entities: Array<{
    entityRef: string;
    /** The group reference of who is to own it. */
    to: string;
  }>;
  /** The user reference of the person who accepted. */
  by: string;
  /** What the run is called. */
  title: string;
}

/** How far a move is. */
export interface OwnershipMove {
  runId: string;
  state: 'running' | 'done' | 'failed';
  /** The places that it changed, as sentences; once it is done. */
  touched: string[];
  /** Why it failed. */
  problem?: string;
}
