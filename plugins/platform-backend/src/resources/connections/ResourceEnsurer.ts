import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  RESOURCE_RUN_KINDS,
  type Run,
} from '@slipway/plugin-platform-common';
import {
  OperationFailedError,
  type Wait,
  waitForApproval,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { nameOf } from '../../access';
import { describeResource } from '../names';
import { usedThere } from '../store/connections';
import { deletedSince, resourceNamed } from '../store/readResource';
import type { ResourceRow } from '../store/rows';
import { ACTING_STATES } from '../transitions';
import { requireFitting } from './requireFitting';
import type { OnBehalfOf, ResourceRuns } from './ResourceRuns';
import { requestOf, type WantedResource } from './WantedResource';

/** A failed run of these kinds is tried anew: without it, the resource isn't what it was to be. */
const MAKING: readonly string[] = [
  RESOURCE_RUN_KINDS.provision,
  RESOURCE_RUN_KINDS.adopt,
  RESOURCE_RUN_KINDS.change,
  RESOURCE_RUN_KINDS.restore,
];
const TAKING_AWAY: readonly string[] = [
  RESOURCE_RUN_KINDS.destroy,
  RESOURCE_RUN_KINDS.purge,
];

/** Sees to it that what a deployment wants is there, by runs of their own that the deployment waits for. */
export class ResourceEnsurer {
  readonly #knex: Knex;
  readonly #runs: ResourceRuns;

  constructor(options: { knex: Knex; runs: ResourceRuns }) {
    this.#knex = options.knex;
    this.#runs = options.runs;
  }

  /**
   * Answers the resource once it is as it is wanted, or what to wait for; called again after each wait. Throws `OperationFailedError` where the
   * run that makes it so has failed, and `ConflictError` or `InputError` where it can't be had.
   */
  async ensure(
    wanted: WantedResource,
    behalf: OnBehalfOf,
  ): Promise<ResourceRow | Wait> {
    const row = await resourceNamed(this.#knex, requestOf(wanted));
    if (!row) {
      return this.#make(wanted, behalf);
    }
    requireFitting(row, wanted);
    return (
      (await this.#agreement(row, wanted, behalf)) ??
      (await this.#usable(row, wanted, behalf))
    );
  }

  /** The team that owns what another's service wants to use has to agree to that, the first time. */
  async #agreement(
    row: ResourceRow,
    wanted: WantedResource,
    { run }: OnBehalfOf,
  ): Promise<Wait | undefined> {
    if (!(await this.needsAgreement(row, wanted))) {
      return undefined;
    }
    const reason = `${wanted.service} of ${nameOf(wanted.owner)} wants to use ${describeResource(row)}, which belongs to ${nameOf(row.owner)}`;
    const agreed = run.waits.some(
      wait => wait.reason === reason && wait.state === 'resumed',
    );
    return agreed
      ? undefined
      : waitForApproval({ reason, approvers: [{ entityRef: row.owner }] });
  }

  /** Whether the resource is another team's, and nobody of that has agreed yet that the service uses it. */
  async needsAgreement(
    row: ResourceRow,
    wanted: WantedResource,
  ): Promise<boolean> {
    return (
      row.owner !== wanted.owner &&
      !(await usedThere(this.#knex, wanted)).includes(row.id)
    );
  }

  async #make(
    wanted: WantedResource,
    behalf: OnBehalfOf,
  ): Promise<ResourceRow | Wait> {
    const request = requestOf(wanted);
    const active = await this.#runs.active(request);
    const making = active.find(({ kind }) => MAKING.includes(kind));
    if (making) {
      return this.#runs.waitFor(making);
    }
    const deleted = await deletedSince(this.#knex, request, wanted.releasedAt);
    try {
      const run = deleted
        ? await this.#runs.start(
            RESOURCE_RUN_KINDS.restore,
            { resourceId: deleted.id },
            behalf,
          )
        : await this.#runs.start(
            RESOURCE_RUN_KINDS.provision,
            { ...request },
            behalf,
          );
      return await this.#outcome(run, wanted);
    } catch (error) {
      // Somebody else was faster: then it is there, or about to be.
      if (
        error instanceof ConflictError &&
        (await resourceNamed(this.#knex, request))
      ) {
        return this.ensure(wanted, behalf);
      }
      throw error;
    }
  }

  /** What a run has come to that this step started: the resource as it is, or what to wait for. */
  async #outcome(
    run: Run,
    wanted: WantedResource,
  ): Promise<ResourceRow | Wait> {
    if (run.state !== 'succeeded') {
      return this.#runs.waitFor(run);
    }
    const row = await resourceNamed(this.#knex, requestOf(wanted));
    if (row?.state !== 'ready') {
      throw new OperationFailedError({
        message: `"${run.title}" succeeded, and somebody has taken the resource away or changed it since.`,
        hint: 'Look at its page, and deploy anew.',
      });
    }
    return row;
  }

  async #usable(
    row: ResourceRow,
    wanted: WantedResource,
    behalf: OnBehalfOf,
  ): Promise<ResourceRow | Wait> {
    const change = changeOf(row, wanted);
    if (row.state === 'ready') {
      return change ? this.#change(row, change, wanted, behalf) : row;
    }
    const run = await this.#runs.get(row.run_id);
    if (ACTING_STATES.includes(row.state) && !isFinalRunState(run.state)) {
      return this.#afterwards(row, run, change);
    }
    if (TAKING_AWAY.includes(run.kind)) {
      throw new OperationFailedError({
        message: `${describeResource(row)} was to be destroyed, and only half of it was done.`,
        hint: `Retry that, and then this run: ${this.#runs.urlOf(run)}`,
      });
    }
    if (row.owner !== wanted.owner) {
      throw new OperationFailedError({
        message: `${describeResource(row)} belongs to ${nameOf(row.owner)}, and has failed: ${row.failure?.message ?? run.title}`,
        hint: `Ask ${nameOf(row.owner)} to mend it, then retry this run: ${this.#runs.urlOf(run)}`,
      });
    }
    if (change) {
      return this.#change(row, change, wanted, behalf);
    }
    if (!MAKING.includes(run.kind)) {
      behalf.log(
        `${describeResource(row)} is used as it is, although "${run.title}" has failed.`,
      );
      return row;
    }
    return run.givenUp
      ? this.#change(row, { resourceId: row.id }, wanted, behalf)
      : this.#runs.waitFor(await this.#runs.retry(run, behalf));
  }

  /** While a run is at work on it. */
  #afterwards(
    row: ResourceRow,
    run: Run,
    change: JsonObject | undefined,
  ): ResourceRow | Wait {
    if (row.state === 'destroying') {
      throw new OperationFailedError({
        message: `${describeResource(row)} is being destroyed.`,
        hint: `Look at ${this.#runs.urlOf(run)}. Retry this run when it has ended.`,
      });
    }
    if (run.kind !== RESOURCE_RUN_KINDS.rotate) {
      return this.#runs.waitFor(run);
    }
    if (change) {
      throw this.#busy(row, run);
    }
    // It stays usable, and deploys this service once more itself.
    return row;
  }

  /** Rotation waits for deployments, so that none may wait for it. */
  async #change(
    row: ResourceRow,
    change: JsonObject,
    wanted: WantedResource,
    behalf: OnBehalfOf,
  ): Promise<ResourceRow | Wait> {
    await this.#requireNoRotation(row);
    const run = await this.#runs.start(
      RESOURCE_RUN_KINDS.change,
      change,
      behalf,
    );
    await this.#requireNoRotation(row, run);
    return this.#outcome(run, wanted);
  }

  async #requireNoRotation(row: ResourceRow, behind?: Run): Promise<void> {
    const rotation = (await this.#runs.active(row)).find(
      ({ kind, createdAt }) =>
        kind === RESOURCE_RUN_KINDS.rotate &&
        (!behind || createdAt < behind.createdAt),
    );
    if (rotation) {
      if (behind && !isFinalRunState(behind.state)) {
        await this.#runs.cancel(behind.id);
      }
      throw this.#busy(row, rotation);
    }
  }

  #busy(row: ResourceRow, run: Run): OperationFailedError {
    return new OperationFailedError({
      message: `${describeResource(row)} can't be changed as score.yaml says while it is given new credentials.`,
      hint: `Retry this run when that has ended: ${this.#runs.urlOf(run)}`,
    });
  }
}

/**
 * What `score.yaml` says of a service's own resource is what counts: the input of the run that makes it so. `undefined` where it is so, and
 * of a shared one, which no deployment changes.
 */
export function changeOf(
  row: ResourceRow,
  wanted: WantedResource,
): JsonObject | undefined {
  const { class: wantedClass, parameters } = requestOf(wanted);
  if (
    wanted.id !== undefined ||
    (row.class === wantedClass && isDeepStrictEqual(row.asked, parameters))
  ) {
    return undefined;
  }
  const left = Object.keys(row.asked).filter(
    key => !Object.hasOwn(parameters, key),
  );
  return {
    resourceId: row.id,
    class: wantedClass,
    parameters: {
      ...Object.fromEntries(left.map(key => [key, null])),
      ...parameters,
    },
  };
}
