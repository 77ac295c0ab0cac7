import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { PlannedChange, RunPlan } from '@slipway/plugin-platform-common';
import type { DecisionRequest, RunKind } from '@slipway/plugin-platform-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { parse } from '../http';
import { describeChanges } from './describeChanges';
import { planDigest } from './planDigest';
import { denial } from './ruling';
import type { Rules, Ruling } from './Rules';
import type { RunKinds } from './RunKinds';
import { stepsOfKind } from './stepsOfKind';
import type { RunRow } from './store/rows';

/** What a caller wants done. */
export interface StartRun {
  kind: string;
  input: JsonObject;
  /** What the run is called. Left out: as its kind says. */
  title?: string;
  /** At most one run acts on a target at a time; the others wait in line. */
  target: string;
  /** Higher goes first among those in line. */
  priority?: number;
  requestedBy: string;
  owner: string;
  service?: string;
  environment?: string;
  /** The entity reference of the template that asks. */
  goldenPath?: string;
  /** Starting again under the same key answers the run that exists. */
  idempotencyKey?: string;
  /** Stores the run with its plan, and leaves starting it to a person. */
  hold?: boolean;
  /** The digest of the plan that was shown. */
  planDigest?: string;
}

/** A run that is thought through and not stored. */
export interface PlannedRun {
  kind: RunKind;
  input: JsonObject;
  title: string;
  changes: PlannedChange[];
  ruling: Ruling;
}

/** Thinks runs through before anything is stored: what they would change, and what the rules say. */
export class RunPlanner {
  readonly #knex: Knex;
  readonly #kinds: RunKinds;
  readonly #rules: Rules;

  constructor(options: { knex: Knex; kinds: RunKinds; rules: Rules }) {
    this.#knex = options.knex;
    this.#kinds = options.kinds;
    this.#rules = options.rules;
  }

  /** Throws `InputError` where there is no such kind, or the input isn't what it takes. */
  async plan(request: StartRun): Promise<PlannedRun> {
    const kind = this.#kinds.latest(request.kind);
    const input = parse(kind.input, request.input);
    const title = request.title ?? kind.title(input);
    const changes = (await kind.plan?.(input)) ?? [];
    const ruling = await this.#rules.decide({
      action: 'start',
      stage: 'plan',
      run: { ...request, input, title, changes },
    });
    return { kind, input, title, changes, ruling };
  }

  /** What the rules say about going on with a run, or taking it back. Throws as {@link requireAllowed}. */
  async decide(request: DecisionRequest): Promise<Ruling> {
    const ruling = await this.#rules.decide(request);
    requireAllowed(ruling);
    return ruling;
  }

  async describe(request: StartRun): Promise<RunPlan> {
    const { kind, title, changes, ruling } = await this.plan(request);
    const holder = await this.#knex<RunRow>('runs')
      .where({ target: request.target, holds_target: true })
      .first('id', 'title');
    return {
      kind: kind.id,
      title,
      target: request.target,
      owner: request.owner,
      service: request.service,
      environment: request.environment,
      steps: stepsOfKind(kind),
      changes,
      digest: planDigest(changes),
      decision: ruling.decision,
      approvals:
        ruling.decision.effect === 'needs-approval'
          ? ruling.approvals.map(({ reason, terms }) => ({ reason, ...terms }))
          : [],
      behind: holder && { runId: holder.id, title: holder.title },
    };
  }
}

/** Throws `NotAllowedError` with every reason where the rules deny it, `ServiceUnavailableError` where they could not be asked. */
export function requireAllowed({ decision, isUndecided }: Ruling): void {
  if (isUndecided) {
    throw new ServiceUnavailableError(denial(decision));
  }
  if (decision.effect === 'deny') {
    throw new NotAllowedError(denial(decision));
  }
}

/** Throws `ConflictError` where the plan is not the one that was shown. */
export function requireShown(
  { planDigest: shown }: StartRun,
  changes: readonly PlannedChange[],
): void {
  if (shown !== undefined && shown !== planDigest(changes)) {
    throw new ConflictError(
      `The plan has changed since it was shown, so nothing was started. It now says: ${describeChanges(changes)}. Look at the new plan, and start again.`,
    );
  }
}
