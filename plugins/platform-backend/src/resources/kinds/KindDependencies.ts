import type { Knex } from 'knex';
import type { Environments } from '../../environments';
import type { RunService } from '../../runs';
import type { OwnerNews } from '../OwnerNews';
import type { Redeployer } from '../Redeployer';
import type { ResourceActs } from '../ResourceActs';
import type { ResourceAnnouncer } from '../ResourceAnnouncer';
import type { ResourcePlanner } from '../ResourcePlanner';

/** What the kinds of runs that act on resources work with. */
export interface KindDependencies {
  knex: Knex;
  acts: ResourceActs;
  announcer: ResourceAnnouncer;
  news: Pick<OwnerNews, 'notTakenAway'>;
  environments: Pick<Environments, 'match'>;
  planner: ResourcePlanner;
  redeployer: Redeployer;
  runs: Pick<RunService, 'get'>;
  /** How long a provider may think while somebody waits for a plan, in milliseconds. */
  patienceMs: number;
}
