import type { Knex } from 'knex';
import type { ResourceActs } from '../ResourceActs';
import type { ResourceAnnouncer } from '../ResourceAnnouncer';
import type { ResourcePlanner } from '../ResourcePlanner';

/** What the kinds of runs that act on resources work with. */
export interface KindDependencies {
  knex: Knex;
  planner: ResourcePlanner;
  acts: ResourceActs;
  announcer: ResourceAnnouncer;
  /** How long a provider may think while somebody waits for a plan, in milliseconds. */
  patienceMs: number;
}
