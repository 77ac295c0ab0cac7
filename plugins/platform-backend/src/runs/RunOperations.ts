import type {
  Page,
  Run,
  RunFilter,
  RunLogLine,
  RunPlan,
  StartRunRequest,
} from '@slipway/plugin-platform-common';
import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { withAudit } from '@slipway/plugin-platform-node';
import type { Access, Asking, Caller } from '../access';
import { scopedKey } from '../http';
import type { RunService } from './RunService';

/** Starts and plans runs of one kind that does more at its start than to store the run. */
export interface RunStarter {
  start(
    request: StartRunRequest & { hold?: boolean },
    caller: Caller,
    idempotencyKey?: string,
  ): Promise<Run>;
  plan(request: StartRunRequest, caller: Caller): Promise<RunPlan>;
}

/**
 * What people do with runs, over HTTP and as actions alike: who may is decided here, once. To act takes a person
 * with the permission to operate; whether on this run, the rules say where they are asked, and else ownership does.
 */
export class RunOperations {
  readonly #runs: RunService;
  readonly #access: Access;
  readonly #starters: ReadonlyMap<string, RunStarter>;
  readonly #creating: ReadonlySet<string>;
  readonly #auditor: AuditorService;

  /**
   * @param options - `starters`: by kind; other kinds are started by the run service. `creating`: the kinds that take the
   * permission to create a service, not the one to operate
   */
  constructor(options: {
    runs: RunService;
    access: Access;
    starters: ReadonlyMap<string, RunStarter>;
    creating: ReadonlySet<string>;
    auditor: AuditorService;
  }) {
    this.#runs = options.runs;
    this.#access = options.access;
    this.#starters = options.starters;
    this.#creating = options.creating;
    this.#auditor = options.auditor;
  }

  async list(
    asking: Asking,
    filter: RunFilter,
    page: { limit: number; cursor?: string },
  ): Promise<Page<Run>> {
    await this.#access.requireRead(asking);
    return this.#runs.list(filter, page);
  }

  async get(asking: Asking, id: string): Promise<Run> {
    await this.#access.requireRead(asking);
    return this.#runs.get(id);
  }

  async log(
    asking: Asking,
    id: string,
    { after, limit }: { after: number; limit: number },
  ): Promise<RunLogLine[]> {
    await this.#access.requireRead(asking);
    return this.#runs.log(id, after, limit);
  }

  async plan(asking: Asking, request: StartRunRequest): Promise<RunPlan> {
    const caller = await this.#requireStarter(asking, request.kind);
    const starter = this.#starters.get(request.kind);
    return starter
      ? starter.plan(request, caller)
      : this.#runs.plan(request, caller);
  }

  /** @param key - as the person gave it: the same key of the same person starts one run */
  async start(
    asking: Asking,
    request: StartRunRequest & { hold?: boolean },
    key: string | undefined,
  ): Promise<Run> {
    const caller = await this.#requireStarter(asking, request.kind);
    const scoped = scopedKey(key, caller);
    const starter = this.#starters.get(request.kind);
    const meta = { kind: request.kind, hold: request.hold ?? false };
    return this.#audited('run-start', caller, meta, () =>
      starter
        ? starter.start(request, caller, scoped)
        : this.#runs.startByRequest(request, caller, scoped),
    );
  }

  async startPlanned(asking: Asking, id: string): Promise<Run> {
    const caller = await this.#access.requireOperator(asking);
    return this.#audited('run-start', caller, { runId: id }, () =>
      this.#runs.startPlanned(id, caller),
    );
  }

  async cancel(asking: Asking, id: string): Promise<Run> {
    const caller = await this.#requireOwner(asking, id);
    return this.#audited('run-cancel', caller, { runId: id }, () =>
      this.#runs.cancel(id),
    );
  }

  async retry(asking: Asking, id: string): Promise<Run> {
    const caller = await this.#access.requireOperator(asking);
    return this.#audited('run-retry', caller, { runId: id }, () =>
      this.#runs.retry(id, caller),
    );
  }

  async undo(asking: Asking, id: string): Promise<Run> {
    const caller = await this.#access.requireOperator(asking);
    return this.#audited('run-undo', caller, { runId: id }, () =>
      this.#runs.undo(id, caller),
    );
  }

  async giveUp(asking: Asking, id: string): Promise<Run> {
    const caller = await this.#requireOwner(asking, id);
    return this.#audited('run-give-up', caller, { runId: id }, () =>
      this.#runs.giveUp(id, caller),
    );
  }

  #requireStarter(asking: Asking, kind: string): Promise<Caller> {
    return this.#creating.has(kind)
      ? this.#access.requireCreator(asking)
      : this.#access.requireOperator(asking);
  }

  /** Who acted on what is on record, refusals too. */
  #audited(
    eventId: string,
    { userRef }: Caller,
    meta: JsonObject,
    action: () => Promise<Run>,
  ): Promise<Run> {
    return withAudit(
      this.#auditor,
      { eventId, severityLevel: 'medium', meta: { ...meta, actor: userRef } },
      action,
    );
  }

  /** Who isn't signed in learns nothing about which runs there are. */
  async #requireOwner(asking: Asking, id: string): Promise<Caller> {
    await this.#access.requireOperator(asking);
    const { owner } = await this.#runs.get(id);
    return this.#access.requireOwner(asking, owner);
  }
}
