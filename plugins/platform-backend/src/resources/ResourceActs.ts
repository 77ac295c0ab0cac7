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
import { requireDeclaredOutputs } from './declaredOutputs';
import { final } from './final';
import { describeResource } from './names';
import { plannedChange } from './plannedChange';
import { derivePassword } from './password';
import { providedResource } from './providedResource';
import type { ResourceAnnouncer } from './ResourceAnnouncer';
import type { ResourcePlanner } from './ResourcePlanner';
import type { ResourceProviders } from './ResourceProviders';
import type { ResourceSecrets } from './ResourceSecrets';
import {
  moveResource,
  patchResource,
  type ResourcePatch,
} from './store/changeResource';
import { readResource } from './store/readResource';
import type { ResourceRow } from './store/rows';
import { ACTING_STATES } from './transitions';

/** Most errors of a provider pass when what it talks to is back: 7 attempts in about a minute. */
export const RETRY = { attempts: 7, delayMs: 1_000 };
/** Longer than any provider is given, so that the provider's own limit counts. */
export const STEP_MS = 24 * 60 * 60_000;

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

  /** The resource that this run is acting on. Throws `OperationFailedError` where another run has acted on it since. */
  async acting(runId: string, id: string): Promise<ResourceRow> {
    const row = await readResource(this.#knex, id);
    if (!row || row.run_id !== runId) {
      throw new OperationFailedError({
        message: row
          ? `Another run (${row.run_id}) has acted on ${describeResource(row)} since.`
          : `There is no resource ${id}.`,
        hint: 'Look at the resource, and start a new run if something is left to do.',
      });
    }
    if (!ACTING_STATES.includes(row.state)) {
      throw new OperationFailedError({
        message: `${describeResource(row)} is ${row.state}, so this run has nothing to do about it.`,
        hint: 'Look at the resource, and start a new run if something is left to do.',
      });
    }
    return row;
  }

  /**
   * Lets the provider act on a resource, with all its secrets registered with the run before it can say anything.
   *
   * @param options - `what`: what it does, as people say it: `apply`. `unreadable`: whether it works without secrets whose key is lost
   */
  async act<T>(
    context: StepContext,
    row: ResourceRow,
    options: { what: string; unreadable?: 'refuse' | 'do without' },
    work: (
      provider: ResourceProvider,
      resource: ProvidedResource,
      context: ProviderContext,
    ) => Promise<T>,
  ): Promise<T> {
    const provider = this.#providers.get(row.provider);
    const secrets =
      options.unreadable === 'do without'
        ? this.#secrets.decryptIfReadable(row)
        : final(() => this.#secrets.decrypt(row));
    const registered = new Set<string>();
    const secret = async (value: string) => {
      if (!registered.has(value)) {
        await context.secret(value);
        registered.add(value);
      }
    };
    for (const value of Object.values(secrets)) {
      await secret(value);
    }
    const resource = providedResource(row, { ...row.outputs, ...secrets });
    return letProviderAct(
      provider,
      `${options.what} ${describeResource(row)}`,
      context.signal,
      signal =>
        work(provider, resource, {
          idempotencyKey: context.idempotencyKey,
          signal,
          log: text => context.log(text),
          secret,
          password: async name => {
            const password = derivePassword(
              this.#passwordKey,
              context.idempotencyKey,
              name,
            );
            await secret(password);
            return password;
          },
        }),
    );
  }

  /** Stores what a resource offers now; secrets are registered with the run, then encrypted. */
  async keep(
    context: StepContext,
    row: ResourceRow,
    applied: AppliedResource,
    more: ResourcePatch = {},
  ): Promise<ResourceRow> {
    const provider = this.#providers.get(row.provider);
    const { open, secret } = requireDeclaredOutputs(provider, applied.outputs);
    for (const value of Object.values(secret)) {
      await context.secret(value);
    }
    return this.#must(
      await patchResource(
        this.#knex,
        { id: row.id, runId: context.runId, from: ACTING_STATES },
        {
          outputs: open,
          ...this.#secrets.encrypt(row.id, secret),
          outputs_from: context.idempotencyKey,
          provider_state: applied.state ?? {},
          ...more,
        },
      ),
      row,
    );
  }

  /**
   * Looks whether the resource is what was asked for, and makes it `ready` then. Throws `OperationFailedError` with the difference where the
   * provider said it was done and it isn't.
   */
  async verify(
    context: Pick<StepContext, 'runId' | 'signal'>,
    row: ResourceRow,
    more: ResourcePatch = {},
  ): Promise<ResourceRow> {
    const provider = this.#providers.get(row.provider);
    const secrets = this.#secrets.decryptIfReadable(row);
    const resource = providedResource(row, { ...row.outputs, ...secrets });
    const { plan } = await this.#planner.planExisting(
      { provider, resource },
      { signal: context.signal },
    );
    if (plan.action !== 'none') {
      const what = describeResource(row);
      throw new OperationFailedError({
        message: `The provider ${provider.name} said that it was done, but ${what} is not what was asked for. It would still: ${describeChanges([plannedChange(what, plan)])}.`,
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
      ...more,
    });
  }

  /** Moves the resource of this run on. Throws `OperationFailedError` where it is not there any more to be moved. */
  async move(
    row: ResourceRow,
    runId: string,
    state: ResourceRow['state'],
    patch: ResourcePatch = {},
  ): Promise<ResourceRow> {
    const moved = await moveResource(
      this.#knex,
      { id: row.id, runId },
      state,
      patch,
    );
    return this.#must(moved, row);
  }

  #must(changed: ResourceRow | undefined, row: ResourceRow): ResourceRow {
    if (!changed) {
      throw new OperationFailedError({
        message: `${describeResource(row)} was changed by somebody else meanwhile.`,
        hint: 'Look at the resource, and start a new run if something is left to do.',
      });
    }
    this.#announcer.changed(changed);
    return changed;
  }
}
