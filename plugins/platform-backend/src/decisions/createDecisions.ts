import type {
  AuthService,
  DiscoveryService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Decider } from '@slipway/plugin-platform-node';
import type { Environments } from '../environments';
import { ApproverResolver } from './ApproverResolver';
import { Decisions } from './Decisions';
import { freezeDecider } from './freezeDecider';
import { Memberships } from './Memberships';
import { createOnDuty } from './OnDuty';
import { ownershipDecider } from './ownershipDecider';
import { protectedEnvironmentDecider } from './protectedEnvironmentDecider';
import { readPlatformTeam } from './readPlatformTeam';

/** The rules of this portal: those built in, and those that modules bring. */
export function createDecisions(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
  logger: LoggerService;
  environments: Pick<Environments, 'frozen' | 'get'>;
  /** The deciders of modules. */
  deciders: readonly Decider[];
}): Decisions {
  const { memberships, approvers } = createApprovers(options);
  return new Decisions({
    deciders: [
      ownershipDecider(memberships),
      protectedEnvironmentDecider(options.environments),
      freezeDecider(options.environments),
      ...options.deciders,
    ],
    approvers,
    logger: options.logger,
  });
}

/** Who may approve what, as the catalog has it. */
export function createApprovers(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  discovery: DiscoveryService;
}): { approvers: ApproverResolver; memberships: Memberships } {
  const memberships = new Memberships(options);
  const approvers = new ApproverResolver({
    ...options,
    memberships,
    onDuty: createOnDuty(options),
    platformTeam: readPlatformTeam(options.config),
  });
  return { approvers, memberships };
}
