import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Environments } from '../environments';
import { Keyring, type Keys } from '../keys';
import type { Runs } from '../runs';
import { DriftCheck } from './DriftCheck';
import { createProvisionRunKind } from './kinds/provision';
import { ResourceActs } from './ResourceActs';
import { ResourceAnnouncer } from './ResourceAnnouncer';
import { ResourcePlanner } from './ResourcePlanner';
import { ResourceProviders } from './ResourceProviders';
import { ResourceSecrets } from './ResourceSecrets';
import { ResourceService } from './ResourceService';
import { reopenResourceOf } from './store/runEnds';

/** How long a provider may think while somebody waits for a plan, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Everything about resources, as the platform puts it to use. */
export interface Resources {
  service: ResourceService;
}

/** Puts resources together, and adds their kinds of runs and chores to the engine. */
export function createResources(options: {
  knex: Knex;
  runs: Pick<Runs, 'kinds' | 'service' | 'events' | 'addChore'>;
  environments: Environments;
  providers: readonly ResourceProvider[];
  keys: Keys;
  events: Pick<EventsService, 'publish'>;
  logger: LoggerService;
  /** How long a provider may think while somebody waits, in milliseconds. Left out: 10 s. */
  patienceMs?: number;
}): Resources {
  const { knex, runs, keys, logger } = options;
  const providers = new ResourceProviders();
  options.providers.forEach(provider => providers.add(provider));
  const planner = new ResourcePlanner({
    environments: options.environments,
    providers,
  });
  const announcer = new ResourceAnnouncer({
    knex,
    signals: runs.events,
    events: options.events,
    logger,
  });
  const secrets = new ResourceSecrets(
    new Keyring(keys.deriveAll('resource-secrets')),
  );
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const parts = { knex, planner, providers, secrets, announcer, patienceMs };
  const acts = new ResourceActs({
    ...parts,
    passwordKey: keys.derive('resource-passwords'),
  });
  for (const create of [createProvisionRunKind]) {
    runs.kinds.add(create({ ...parts, acts }));
  }
  runs.service.onRetry(reopenResourceOf);
  runs.addChore({ sweep: () => announcer.sweep() });
  return {
    service: new ResourceService({
      ...parts,
      environments: options.environments,
      drift: new DriftCheck(parts),
    }),
  };
}
