import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type {
  ApprovalTerms,
  DecisionEffect,
  DecisionReason,
} from '@slipway/plugin-platform-common';
import type {
  ApproverQuery,
  Decider,
  DecisionRequest,
  Verdict,
} from '@slipway/plugin-platform-node';
import type { Rules, Ruling, WantedApproval } from '../runs';
import { within } from '../time';
import type { ApproverResolver } from './ApproverResolver';

/** How long a decider may think, in milliseconds. */
const PATIENCE_MS = 10_000;
/** When an approval that a decider wants expires, where it doesn't say. */
const EXPIRES_IN_MS = 7 * 24 * 60 * 60_000;
/** From the strictest to the mildest. */
const EFFECTS: DecisionEffect[] = ['deny', 'needs-approval', 'allow'];

/** What one decider came to, with the approval it wants. */
interface Opinion {
  reason: DecisionReason;
  approval?: WantedApproval;
  /** Whether the decider could not be asked. */
  isUnasked?: boolean;
}

/**
 * The rules: asks all deciders side by side and counts the strictest. What can't be checked isn't done: a decider that
 * fails or is too slow denies, and so does an approval that nobody could give.
 */
export class Decisions implements Rules {
  readonly #deciders: readonly Decider[];
  readonly #approvers: ApproverResolver;
  readonly #logger: LoggerService;
  readonly #patienceMs: number;

  constructor(options: {
    deciders: readonly Decider[];
    approvers: ApproverResolver;
    logger: LoggerService;
    /** How long a decider may think; left out, 10 s. */
    patienceMs?: number;
  }) {
    const twice = options.deciders.find(
      ({ id }, index) =>
        options.deciders.findIndex(other => other.id === id) !== index,
    );
    if (twice) {
      throw new Error(
        `Two deciders are called "${twice.id}". Rename one: what was approved counts for the decider of that name.`,
      );
    }
    this.#deciders = options.deciders;
    this.#approvers = options.approvers;
    this.#logger = options.logger;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  async decide(request: DecisionRequest): Promise<Ruling> {
    const opinions = (
      await Promise.all(
        this.#deciders.map(decider => this.#ask(decider, request)),
      )
    ).flatMap(opinion => opinion ?? []);
    const reasons = opinions.map(({ reason }) => reason);
    const denials = opinions.filter(({ reason }) => reason.effect === 'deny');
    return {
      decision: {
        stage: request.stage,
        // What no rule speaks about isn't allowed.
        effect:
          EFFECTS.find(effect =>
            reasons.some(reason => reason.effect === effect),
          ) ?? 'deny',
        reasons,
        at: new Date().toISOString(),
      },
      approvals: opinions.flatMap(({ approval }) => approval ?? []),
      ...(denials.length > 0 &&
        denials.every(({ isUnasked }) => isUnasked) && { isUndecided: true }),
    };
  }

  resolveApprovers(
    approvers: ApproverQuery[],
    quorum: number,
    run: { owner: string; requestedBy: string },
  ): Promise<ApprovalTerms> {
    return this.#approvers.resolve(approvers, quorum, run);
  }

  async #ask(
    decider: Decider,
    request: DecisionRequest,
  ): Promise<Opinion | undefined> {
    try {
      return await within(this.#patienceMs, this.#opinion(decider, request));
    } catch (error) {
      this.#logger.warn(
        `The decider ${decider.id} could not be asked about "${request.run.title}" of ${request.run.requestedBy}: ${error}`,
      );
      const message = `Whether ${decider.id} allows this could not be checked, so it isn't done. Try again in a moment.`;
      return { ...said(decider, 'deny', message), isUnasked: true };
    }
  }

  async #opinion(
    decider: Decider,
    request: DecisionRequest,
  ): Promise<Opinion | undefined> {
    const verdict = await decider.decide(request);
    if (verdict?.effect !== 'needs-approval') {
      return verdict && said(decider, verdict.effect, verdict.reason);
    }
    try {
      return {
        ...said(decider, verdict.effect, verdict.reason),
        approval: await this.#wanted(decider, verdict, request),
      };
    } catch (error) {
      if (error instanceof ConflictError) {
        return said(decider, 'deny', `${verdict.reason} ${error.message}`);
      }
      throw error;
    }
  }

  async #wanted(
    { id }: Decider,
    verdict: Verdict & { effect: 'needs-approval' },
    { run }: DecisionRequest,
  ): Promise<WantedApproval> {
    const { reason, approvers, quorum = 1 } = verdict;
    return {
      decider: id,
      reason,
      askedBy: run.requestedBy,
      terms: await this.#approvers.resolve(approvers, quorum, run),
      expiresInMs: verdict.expiresInMs ?? EXPIRES_IN_MS,
    };
  }
}

function said(
  { id }: Decider,
  effect: DecisionEffect,
  message: string,
): Opinion {
  return { reason: { decider: id, effect, message } };
}
