import type { PlannedChange } from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  parseScore,
  resourceLevels,
  type ResourceOutputs,
  resourceParameters,
  type ScoreWorkload,
  Wait,
} from '@slipway/plugin-platform-node';
import {
  allOf,
  type OnBehalfOf,
  type ResourceConnections,
  type WantedResource,
} from '../resources';
import { withoutConfiguration } from '../configuration';
import type { ServiceStore } from '../services';
import type { StoredRelease } from './store';

/** Errors that say that what `score.yaml` asks for can't be had; trying again changes nothing about that. */
const FINAL = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

/** The ids of resources, by the names that a release has for them. */
export type Uses = Record<string, string>;

/** What a release asks for in its `score.yaml`, in one environment. */
export class ReleaseResources {
  readonly #connections: ResourceConnections;
  readonly #services: Pick<ServiceStore, 'get'>;

  constructor(options: {
    connections: ResourceConnections;
    services: Pick<ServiceStore, 'get'>;
  }) {
    this.#connections = options.connections;
    this.#services = options.services;
  }

  /** What a deployment of it would do about resources. Changes nothing, and never throws because of what `score.yaml` says. */
  async plan(
    release: StoredRelease,
    environment: string,
  ): Promise<PlannedChange[]> {
    const workload = parsed(release.score);
    if (!workload) {
      return [];
    }
    const ask = await this.#asking(release, environment);
    const outputs: ResourceOutputs = {};
    const kept: string[] = [];
    const changes: PlannedChange[] = [];
    for (const alias of resourceLevels(workload).flat()) {
      const wanted = attempt(() => ask(workload, alias, outputs));
      if (!wanted) {
        changes.push({
          action: 'create',
          what: `${workload.resources?.[alias].type} ${alias} of ${release.service} in ${environment}`,
          detail: 'once the resources are there that its params name',
        });
        continue;
      }
      changes.push(...(await this.#connections.plan(wanted)));
      const found = await this.#connections.find(wanted);
      if (found) {
        kept.push(found.id);
        outputs[alias] = found.outputs;
      }
    }
    const { service } = release;
    const unused = await this.#connections.unused.plan(
      { service, environment },
      kept,
    );
    return [...changes, ...unused];
  }

  /**
   * Checks that everything it asks for can be had; answers what stands in for the outputs until they are there. Throws `OperationFailedError`
   * that names the resource, and says what there is.
   */
  async check(
    release: StoredRelease,
    environment: string,
  ): Promise<ResourceOutputs> {
    const workload = withoutConfiguration(parseScore(release.score));
    const ask = await this.#asking(release, environment);
    const all: ResourceOutputs = {};
    const open: ResourceOutputs = {};
    for (const [level, aliases] of resourceLevels(workload).entries()) {
      for (const alias of aliases) {
        const offered = await about(alias, () =>
          this.#connections.check(ask(workload, alias, open), {
            parametersKnown: level === 0,
          }),
        );
        all[alias] = standIns(alias, offered);
        open[alias] = standIns(
          alias,
          offered.filter(({ secret }) => !secret),
        );
      }
    }
    return all;
  }

  /** Answers what it uses once all of that is there, or what to wait for; called again after each wait. */
  async ensure(
    release: StoredRelease,
    environment: string,
    behalf: OnBehalfOf,
  ): Promise<Uses | Wait> {
    const workload = withoutConfiguration(parseScore(release.score));
    const ask = await this.#asking(release, environment);
    const outputs: ResourceOutputs = {};
    const uses: Uses = {};
    for (const aliases of resourceLevels(workload)) {
      const ensured = await allOf(
        aliases.map(alias =>
          about(alias, () =>
            this.#connections.ensure(ask(workload, alias, outputs), behalf),
          ),
        ),
      );
      for (const [index, each] of ensured.entries()) {
        if (each instanceof Wait) {
          return each;
        }
        uses[aliases[index]] = each.id;
        outputs[aliases[index]] = each.outputs;
      }
    }
    return uses;
  }

  /** What it uses already. Throws `OperationFailedError` where something isn't there any more. */
  async existing(release: StoredRelease, environment: string): Promise<Uses> {
    const workload = withoutConfiguration(parseScore(release.score));
    const ask = await this.#asking(release, environment);
    const outputs: ResourceOutputs = {};
    const uses: Uses = {};
    for (const alias of resourceLevels(workload).flat()) {
      const found = await this.#connections.find(ask(workload, alias, outputs));
      if (!found) {
        throw new OperationFailedError({
          message: `The resource "${alias}" is not there in ${environment} any more.`,
          hint: 'Deploy the release from its page: that makes what is missing.',
        });
      }
      uses[alias] = found.id;
      outputs[alias] = found.outputs;
    }
    return uses;
  }

  async #asking(release: StoredRelease, environment: string) {
    const { service, createdAt } = release;
    const { owner } = await this.#services.get(service);
    return (
      workload: ScoreWorkload,
      alias: string,
      outputs: ResourceOutputs,
    ): WantedResource => {
      const { type, class: wantedClass, id } = workload.resources![alias];
      return {
        service,
        environment,
        owner,
        alias,
        type,
        class: wantedClass,
        id,
        parameters: resourceParameters(workload, alias, outputs),
        releasedAt: createdAt,
      };
    };
  }
}

/** What is wrong with one is said with its name. */
async function about<T>(alias: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && FINAL.includes(error.name)) {
      throw new OperationFailedError(
        {
          message: `score.yaml, resources.${alias}: ${error.message}`,
          hint: 'Mend score.yaml, and push again.',
        },
        { cause: error },
      );
    }
    throw error;
  }
}

function standIns(
  alias: string,
  offered: Array<{ name: string }>,
): Record<string, string> {
  return Object.fromEntries(
    offered.map(({ name }) => [name, `${alias}-${name}`]),
  );
}

function parsed(score: string): ScoreWorkload | undefined {
  return attempt(() => {
    const workload = withoutConfiguration(parseScore(score));
    resourceLevels(workload);
    return workload;
  });
}

/** `undefined` where what `score.yaml` says can't be; that is told when the release is checked. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof OperationFailedError) {
      return undefined;
    }
    throw error;
  }
}
