import type { ResourceState } from '@slipway/plugin-platform-common';
import {
  type AppliedResource,
  OperationFailedError,
  type ProvidedResource,
  type ProviderContext,
  type ResourceProvider,
  type StepContext,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { describeChanges } from '../runs';
import { letProviderAct } from './askProvider';
import { contextOf } from './contextOf';
import { requireDeclaredOutputs } from './declaredOutputs';
import { describeResource } from './names';
import { plannedChange } from './plannedChange';
import { providedResource } from './providedResource';
import { refuse } from './refuse';
import type { ResourceAnnouncer } from './ResourceAnnouncer';
import type { Planned, ResourcePlanner } from './ResourcePlanner';
import type { ResourceProviders } from './ResourceProviders';
import type { ResourceSecrets } from './ResourceSecrets';
import {
  moveResource,
  patchResource,
  type ResourcePatch,
} from './store/changeResource';
import { isNameTaken } from './store/isNameTaken';
import { readResource } from './store/readResource';
import type { ResourceRow } from './store/rows';
import { ACTING_STATES, type ActingState } from './transitions';

const LOOK = {
  hint: 'Look at the resource, and start a new run if something is left to do.',
};

/** Looks once more while nobody else can change the resource. Throws where it must stay as it is. */
export type Guard = (trx: Knex) => Promise<void>;

/** What the steps of all kinds do with a resource. */
export class ResourceActs {
  readonly #knex: Knex;
  readonly #planner: ResourcePlanner;
  readonly #providers: ResourceProviders;
  readonly #secrets: ResourceSecrets;
  readonly #announcer: ResourceAnnouncer;
  readonly #passwordKey: Buffer;

  constructor(options: {
    knex: Knex;
    planner: ResourcePlanner;
    providers: ResourceProviders;
    secrets: ResourceSecrets;
    announcer: ResourceAnnouncer;
    /** 32 bytes, for this purpose only. */
    passwordKey: Buffer;
  }) {
    this.#knex = options.knex;
    this.#planner = options.planner;
    this.#providers = options.providers;
    this.#secrets = options.secrets;
    this.#announcer = options.announcer;
    this.#passwordKey = options.passwordKey;
  }

  /** A resource with its provider, for looking and planning; without its secrets where they can't be read. */
  planned(row: ResourceRow): Planned {
    return {
      provider: this.#providers.get(row.provider),
      resource: providedResource(row, {
        ...row.outputs,
        ...this.#secrets.decryptIfReadable(row),
      }),
    };
  }

  /** Makes a resource the business of this run. Throws `OperationFailedError` where it isn't as it was read any more. */
  async begin(
    row: ResourceRow,
    runId: string,
    state: ActingState,
    { patch, guard }: { patch?: ResourcePatch; guard?: Guard },
  ): Promise<ResourceRow> {
    const move = (knex: Knex) =>
      moveResource(
        knex,
        { id: row.id, runId: row.run_id, from: [row.state] },
        state,
        { failure: null, failed_in: null, ...patch, run_id: runId },
      );
    const guarded = (check: Guard) =>
      this.#knex.transaction(async trx => {
        await trx('resources').where({ id: row.id }).forUpdate().select('id');
        await check(trx);
        return move(trx);
      });
    const begun = await (guard ? guarded(guard) : move(this.#knex)).catch(
      error => {
        if (isNameTaken(error)) {
          throw new OperationFailedError({
            message: `The name "${row.name}" was taken in ${row.environment} a moment ago.`,
            hint: 'Destroy what has it, or leave things as they are.',
          });
        }
        throw error;
      },
    );
    return this.#announced(begun, row);
  }

  /**
   * The resource that this run is acting on, or has left in one of these states. Throws `OperationFailedError` where another run has acted on
   * it since.
   */
  async acting(
    runId: string,
    id: string,
    left: readonly ResourceState[] = [],
  ): Promise<ResourceRow> {
    const row = await readResource(this.#knex, id);
    if (!row) {
      throw new OperationFailedError({
        message: `There is no resource ${id}.`,
      });
    }
    if (row.run_id !== runId) {
      throw new OperationFailedError({
        message: `Another run (${row.run_id}) has acted on ${describeResource(row)} since.`,
        ...LOOK,
      });
    }
    if (!ACTING_STATES.includes(row.state) && !left.includes(row.state)) {
      throw new OperationFailedError({
        message: `${describeResource(row)} is ${row.state}, so this run has nothing to do about it.`,
        ...LOOK,
      });
    }
    return row;
  }

  /**
   * Lets the provider act on a resource, with all its secrets registered with the run before it can say anything.
   *
   * @param options - `what`: what it does, as people say it: `create`. `unreadable`: whether it can be done without secrets whose key is
   * lost; left out, it is refused
   */
  async act<T>(
    context: StepContext,
    row: ResourceRow,
    options: { what: string; unreadable?: 'do without' },
    work: (
      provider: ResourceProvider,
      resource: ProvidedResource,
      context: ProviderContext,
    ) => Promise<T>,
  ): Promise<T> {
    const provider = this.#providers.get(row.provider);
    const secrets = options.unreadable
      ? this.#secrets.decryptIfReadable(row)
      : this.#readable(row);
    const given = await contextOf(
      context,
      this.#passwordKey,
      Object.values(secrets),
    );
    const resource = providedResource(row, { ...row.outputs, ...secrets });
    return letProviderAct(
      provider,
      `${options.what} ${describeResource(row)}`,
      context.signal,
      signal => work(provider, resource, { ...given, signal }),
    );
  }

  /** The same, and stores what the resource offers then; secrets are registered with the run, then encrypted. See {@link ResourceActs.act}. */
  async actAndKeep(
    context: StepContext,
    row: ResourceRow,
    options: { what: string; unreadable?: 'do without' },
    work: (
      provider: ResourceProvider,
      resource: ProvidedResource,
      context: ProviderContext,
    ) => Promise<AppliedResource>,
    more: ResourcePatch = {},
  ): Promise<ResourceRow> {
    const { applied, provider, secret } = await this.act(
      context,
      row,
      options,
      async (by, resource, given) => ({
        applied: await work(by, resource, given),
        provider: by,
        secret: given.secret,
      }),
    );
    const outputs = requireDeclaredOutputs(provider, applied.outputs);
    for (const value of Object.values(outputs.secret)) {
      await secret(value);
    }
    const kept = await patchResource(
      this.#knex,
      { id: row.id, runId: context.runId, from: ACTING_STATES },
      {
        outputs: outputs.open,
        ...this.#secrets.encrypt(row.id, outputs.secret),
        outputs_from: context.idempotencyKey,
        provider_state: applied.state ?? {},
        ...more,
      },
    );
    return this.#announced(kept, row);
  }

  /**
   * Looks whether the resource is what was asked for, and makes it `ready` then. Throws `OperationFailedError` with the difference where the
   * provider said it was done and it isn't.
   */
  async verify(
    context: Pick<StepContext, 'runId' | 'signal'>,
    row: ResourceRow,
  ): Promise<ResourceRow> {
    const { plan } = await this.#planner.planExisting(this.planned(row), {
      signal: context.signal,
    });
    if (plan.action !== 'none') {
      const what = describeResource(row);
      throw new OperationFailedError({
        message: `The provider ${row.provider} said that it was done, but ${what} is not what was asked for. It would still: ${describeChanges([plannedChange(what, plan)])}.`,
        hint: 'Retry it to look again. If it stays so, reconcile the resource, or tell the team that looks after the provider.',
      });
    }
    return this.move(row, context.runId, 'ready', {
      ready_at: row.ready_at ?? new Date(),
      checked_at: new Date(),
      drift: null,
      drift_told: null,
      failure: null,
      failed_in: null,
    });
  }

  /** Moves the resource of this run on. Throws `OperationFailedError` where it isn't there to be moved any more. */
  async move(
    row: ResourceRow,
    runId: string,
    state: ResourceRow['state'],
    patch: ResourcePatch = {},
  ): Promise<ResourceRow> {
    return this.#announced(
      await moveResource(this.#knex, { id: row.id, runId }, state, patch),
      row,
    );
  }

  #readable(row: ResourceRow): Record<string, string> {
    try {
      return this.#secrets.decrypt(row);
    } catch (error) {
      return refuse(error as Error);
    }
  }

  #announced(changed: ResourceRow | undefined, row: ResourceRow): ResourceRow {
    if (!changed) {
      throw new OperationFailedError({
        message: `${describeResource(row)} was changed by somebody else meanwhile.`,
        ...LOOK,
      });
    }
    this.#announcer.changed(changed);
    return changed;
  }
}
