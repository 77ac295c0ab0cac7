import { InputError } from '@backstage/errors';
import type { PlannedChange } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type ResourceProvider,
  type StepContext,
  type Wait,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { matchOf } from '../matchOf';
import { explainResourceName } from '../names';
import type { OwnerNews } from '../OwnerNews';
import { refuse } from '../refuse';
import type { ResourceAnnouncer } from '../ResourceAnnouncer';
import type { ResourcePlanner } from '../ResourcePlanner';
import type { ResourceProviders } from '../ResourceProviders';
import type { ResourceSecrets } from '../ResourceSecrets';
import {
  connectDeployment,
  type DeploymentThere,
  disconnectDeployments,
} from '../store/connections';
import { resourceNamed, resourcesWith } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { OwnResources } from './OwnResources';
import { planWanted } from './planWanted';
import { requireFitting } from './requireFitting';
import { ResourceEnsurer } from './ResourceEnsurer';
import type { OnBehalfOf, ResourceRuns } from './ResourceRuns';
import { UnusedResources } from './UnusedResources';
import { requestOf, type WantedResource } from './WantedResource';

/** A resource that is there for a deployment to use. */
export interface EnsuredResource {
  id: string;
  /** What it offers openly; its secrets are read when they are needed. */
  outputs: Record<string, string>;
}

/** What the resources of a deployment offer, by the names that the service has for them. */
export interface DeploymentOutputs {
  outputs: Record<string, Record<string, string>>;
  /** The values among them that nobody may see. */
  secrets: string[];
}

/** What deployments need of resources. */
export class ResourceConnections {
  readonly #knex: Knex;
  readonly #planner: ResourcePlanner;
  readonly #providers: ResourceProviders;
  readonly #secrets: ResourceSecrets;
  readonly #announcer: ResourceAnnouncer;
  readonly #runs: ResourceRuns;
  readonly #ensurer: ResourceEnsurer;
  readonly unused: UnusedResources;
  readonly own: OwnResources;

  constructor(options: {
    knex: Knex;
    planner: ResourcePlanner;
    providers: ResourceProviders;
    secrets: ResourceSecrets;
    announcer: ResourceAnnouncer;
    runs: ResourceRuns;
    news: Pick<OwnerNews, 'unused'>;
  }) {
    this.#knex = options.knex;
    this.#planner = options.planner;
    this.#providers = options.providers;
    this.#secrets = options.secrets;
    this.#announcer = options.announcer;
    this.#runs = options.runs;
    this.#ensurer = new ResourceEnsurer(options);
    this.unused = new UnusedResources(options);
    this.own = new OwnResources(options);
  }

  /**
   * Checks whether what is wanted can be had, as far as that can be said now; answers the names of what it will offer. Throws `InputError` or
   * `ConflictError` that says what there is instead.
   *
   * @param options - `parametersKnown`: whether they are complete, and not in part what another resource is yet to offer
   */
  async check(
    wanted: WantedResource,
    options: { parametersKnown: boolean },
  ): Promise<Array<{ name: string; secret: boolean }>> {
    const request = requestOf(wanted);
    const row = await resourceNamed(this.#knex, request);
    if (row) {
      requireFitting(row, wanted);
      if (wanted.id !== undefined) {
        return outputsOf(this.#providers.get(row.provider));
      }
    }
    const problem = explainResourceName(request);
    if (problem) {
      throw new InputError(problem);
    }
    const { provider } = options.parametersKnown
      ? this.#planner.desire(matchOf(request), request.parameters)
      : this.#planner.match(matchOf(request));
    return outputsOf(provider);
  }

  /** What a deployment would do about one. See {@link planWanted}. */
  plan(wanted: WantedResource): Promise<PlannedChange[]> {
    return planWanted({ knex: this.#knex, planOf: this.#runs.plan }, wanted);
  }

  /** Makes sure that it is there as it is wanted, or says what to wait for. See {@link ResourceEnsurer.ensure}. */
  async ensure(
    wanted: WantedResource,
    behalf: OnBehalfOf,
  ): Promise<EnsuredResource | Wait> {
    const ensured = await this.#ensurer.ensure(wanted, behalf);
    return 'run_id' in ensured ? toEnsured(ensured) : ensured;
  }

  /** The id of what is wanted; `undefined` where it isn't there. */
  async find(wanted: WantedResource): Promise<EnsuredResource | undefined> {
    const row = await resourceNamed(this.#knex, requestOf(wanted));
    return row && toEnsured(row);
  }

  /**
   * Connects a deployment to what it is going to use; from then on, whoever gives one of these new credentials or takes it away finds the
   * service connected. Throws `OperationFailedError` where one was taken away a moment ago.
   *
   * @param uses - ids, by the names that the service has for them
   */
  async connect(
    deployment: DeploymentThere,
    uses: Record<string, string>,
  ): Promise<void> {
    const rows = await connectDeployment(this.#knex, deployment, uses);
    if (!rows) {
      throw new OperationFailedError({
        message: `A resource of ${deployment.service} in ${deployment.environment} was taken away a moment ago.`,
        hint: 'Retry this run: it makes what is missing.',
      });
    }
    this.#announce(rows);
  }

  /** Everything that these resources offer, as it is now. Throws `OperationFailedError` where one is gone, or the key of its secrets is lost. */
  async outputsFor(uses: Record<string, string>): Promise<DeploymentOutputs> {
    const rows = await resourcesWith(this.#knex, Object.values(uses));
    const secrets = new Set<string>();
    const entries = Object.entries(uses).map(([alias, id]) => {
      const row = rows.find(each => each.id === id);
      if (!row || row.deleted_at || row.state === 'destroyed') {
        throw new OperationFailedError({
          message: `The resource "${alias}" was destroyed meanwhile.`,
          hint: 'Deploy anew: it is made, or restored, then.',
        });
      }
      const secret = this.#readable(row);
      Object.values(secret).forEach(value => secrets.add(value));
      return [alias, { ...row.outputs, ...secret }];
    });
    return { outputs: Object.fromEntries(entries), secrets: [...secrets] };
  }

  /** This deployment serves: what the ones before it used, it alone decides about now. */
  async takeOver(deployment: DeploymentThere): Promise<void> {
    this.#announce(
      await disconnectDeployments(this.#knex, deployment, {
        but: deployment.id,
      }),
    );
  }

  /** This deployment came to nothing. */
  async forget(deployment: DeploymentThere): Promise<void> {
    this.#announce(
      await disconnectDeployments(this.#knex, deployment, {
        of: deployment.id,
      }),
    );
  }

  /**
   * For which step others are asked to do something.
   *
   * @param stepId - the step that is executing
   */
  onBehalfOf(
    context: Pick<StepContext, 'runId' | 'requestedBy' | 'log'>,
    stepId: string,
  ): Promise<OnBehalfOf> {
    return this.#runs.onBehalfOf(context, stepId);
  }

  /** What these are called. */
  async named(
    ids: string[],
  ): Promise<Array<{ id: string; environment: string; name: string }>> {
    return resourcesWith(this.#knex, ids);
  }

  #readable(row: ResourceRow): Record<string, string> {
    try {
      return this.#secrets.decrypt(row);
    } catch (error) {
      return refuse(error as Error);
    }
  }

  #announce(rows: ResourceRow[]): void {
    rows
      .filter(({ announced, version }) => announced < version)
      .forEach(row => this.#announcer.changed(row));
  }
}

function toEnsured({ id, outputs }: ResourceRow): EnsuredResource {
  return { id, outputs };
}

function outputsOf({ outputs }: ResourceProvider) {
  return Object.entries(outputs).map(([name, { secret = false }]) => ({
    name,
    secret,
  }));
}
