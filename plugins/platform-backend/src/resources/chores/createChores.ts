import type { LoggerService } from '@backstage/backend-plugin-api';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import type { Chore, RunService } from '../../runs';
import type { OwnerNews } from '../OwnerNews';
import type { ResourceAnnouncer } from '../ResourceAnnouncer';
import { dueExpiries, duePurges } from '../store/dueRuns';
import type { DriftWatch } from './DriftWatch';
import { DueRuns } from './DueRuns';
import { ExpiryWarnings } from './ExpiryWarnings';

/** What is done for resources by itself; the engine sweeps all of it about once a second, on every backend. */
export function createChores(options: {
  knex: Knex;
  runs: Pick<RunService, 'startByRequest'>;
  watch: DriftWatch;
  news: OwnerNews;
  announcer: ResourceAnnouncer;
  logger: LoggerService;
}): Chore[] {
  return [
    options.watch,
    { sweep: () => options.announcer.sweep() },
    new ExpiryWarnings(options),
    new DueRuns({
      ...options,
      due: dueExpiries,
      request: resourceId => ({
        kind: RESOURCE_RUN_KINDS.destroy,
        // The owner was warned that they go too.
        input: { resourceId, withConnected: true },
      }),
    }),
    new DueRuns({
      ...options,
      due: duePurges,
      request: resourceId => ({
        kind: RESOURCE_RUN_KINDS.purge,
        input: { resourceId },
      }),
    }),
  ];
}
