import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Environments } from '../environments';
import { type EncryptedStore, Keyring, type Keys } from '../keys';
import type { Runs } from '../runs';
import { createChores, DriftWatch } from './chores';
import { planOf, ResourceConnections, ResourceRuns } from './connections';
import { DriftCheck } from './DriftCheck';
import { createRunKinds } from './kinds';
import { OwnerNews } from './OwnerNews';
import type { Redeployer } from './Redeployer';
import { reencryptResources } from './reencryptResources';
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
  /** What deployments need of them. */
  connections: ResourceConnections;
  /** Their secrets, to be encrypted anew with another key. */
  encrypted: EncryptedStore;
  /** Waits for what is still under way. */
  stop(): Promise<void>;
}

/** Puts resources together, and adds their kinds of runs and chores to the engine. */
export function createResources(options: {
  knex: Knex;
  runs: Pick<Runs, 'kinds' | 'service' | 'events' | 'addChore'>;
  environments: Environments;
  providers: readonly ResourceProvider[];
  keys: Keys;
  redeployer: Redeployer;
  /** The page of a run. */
  runUrl(id: string): string;
  events: Pick<EventsService, 'publish'>;
  notifications: Pick<NotificationService, 'send'>;
  logger: LoggerService;
  /** How far apart two looks for drift at a resource are at most, in milliseconds. */
  driftEveryMs: number;
  /** How long a provider may think while somebody waits, in milliseconds. Left out: 10 s. */
  patienceMs?: number;
}): Resources {
  const { runs, keys, patienceMs = PATIENCE_MS } = options;
  const providers = new ResourceProviders();
  options.providers.forEach(provider => providers.add(provider));
  const secrets = new ResourceSecrets(
    new Keyring(keys.deriveAll('resource-secrets')),
  );
  const news = new OwnerNews(options.notifications);
  const planner = new ResourcePlanner({ ...options, providers });
  const announcer = new ResourceAnnouncer({ ...options, signals: runs.events });
  const acts = new ResourceActs({
    ...options,
    planner,
    providers,
    secrets,
    announcer,
    passwordKey: keys.derive('resource-passwords'),
  });
  const parts = { ...options, planner, acts, announcer, news, patienceMs };
  const drift = new DriftCheck(parts);
  const kinds = createRunKinds({ ...parts, runs: runs.service });
  kinds.forEach(kind => runs.kinds.add(kind));
  const watch = new DriftWatch({
    ...parts,
    drift,
    everyMs: options.driftEveryMs,
  });
  createChores({ ...parts, runs: runs.service, watch }).forEach(chore =>
    runs.addChore(chore),
  );
  runs.service.onRetry(reopenResourceOf);
  return {
    connections: new ResourceConnections({
      ...parts,
      providers,
      secrets,
      runs: new ResourceRuns({
        ...options,
        runs: runs.service,
        planOf: planOf(kinds),
      }),
    }),
    service: new ResourceService({ ...parts, providers, secrets, drift }),
    encrypted: reencryptResources(options.knex, secrets),
    async stop() {
      await watch.stop();
      await announcer.settled();
    },
  };
}
