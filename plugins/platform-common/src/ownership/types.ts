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

/** Somebody who isn't in the catalog any more. */
export interface LeaverRequest {
  /** A user reference. */
  person: string;
  /** The group references of the teams they were in. */
  teams: string[];
}

/** What was taken back. */
export interface LeaverOutcome {
  /** The places that it changed, as sentences; none where nothing is left to change. */
  touched: string[];
}

/** Something that happened to a service. */
export interface ServiceChange {
  /** Unique, and the same as long as it is about the same. */
  key: string;
  service: string;
  /** ISO 8601 in UTC. */
  at: string;
  /** An entity reference. */
  actor: string;
  /** What was changed, before and after; one side is left out where there was or is none. */
  fields: Array<{ field: string; before?: string; after?: string }>;
}

/** One service called another. */
export interface ServiceCall {
  /** The name of the service that called. */
  from: string;
  to: string;
  environment: string;
  /** When that was seen last; ISO 8601 in UTC. */
  at: string;
}

/** What of an entity is to be otherwise; `null` takes it away, what is left out stays. */
export interface EntityChanges {
  title?: string | null;
  description?: string | null;
  lifecycle?: string;
  tags?: string[];
  links?: Array<{ url: string; title?: string }>;
  /** From `1` to `4`. */
  tier?: string | null;
  /** A user or group reference. */
  technicalLead?: string | null;
  /** A user reference, or the name of a rotation. */
  onCall?: string | null;
  /** A reference, or an email address. */
  securityContact?: string | null;
  runbook?: string | null;
}

/** An entity, and what of it is to be otherwise. */
export interface EntityEdit {
  entityRef: string;
  changes: EntityChanges;
}
