import type { OnCallDuty } from './onCall';

/** Where it is known from that one needs the other: an entity file, the platform that made it, or traffic. */
export const DEPENDENCY_ORIGINS = ['declared', 'provisioned', 'seen'] as const;

/** See {@link DEPENDENCY_ORIGINS}. */
export type DependencyOrigin = (typeof DEPENDENCY_ORIGINS)[number];

/** An entity that something is needed by, or that needs something. */
export interface DependencyNode {
  entityRef: string;
  /** Left out where the catalog doesn't have it. */
  kind?: string;
  /** What people call it. */
  title: string;
  /** A group reference. */
  owner?: string;
  ownerTitle?: string;
}

/** One entity needs another. */
export interface DependencyEdge {
  /** The entity that would not work without the other. */
  from: string;
  to: string;
  /** At least one. */
  origins: DependencyOrigin[];
}

/** What an entity needs, and what needs it. */
export interface DependencyGraph {
  entityRef: string;
  /** The entity itself among them, first. */
  nodes: DependencyNode[];
  edges: DependencyEdge[];
  /** Whether there is more than is answered. */
  truncated: boolean;
}

/** What would not work, or not as well, without an entity. */
export interface BlastRadius {
  entityRef: string;
  /** The nearest first; each entity once. */
  layers: Array<{
    /** How many steps away: 1 needs the entity itself. */
    distance: number;
    entities: DependencyNode[];
  }>;
  /** Who is affected, the nearest first. */
  teams: AffectedTeam[];
  /** How many entities there are in all layers. */
  total: number;
  /** Whether there is more than is answered. */
  truncated: boolean;
}

/** A team that owns something within a blast radius. */
export interface AffectedTeam {
  /** A group reference. */
  team: string;
  title: string;
  /** How much of what is affected it owns. */
  entities: number;
  /** How many steps away the nearest of it is. */
  distance: number;
  onCall: OnCallDuty[];
}
