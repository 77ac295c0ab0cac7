import {
  isFinalRunState,
  PLATFORM_ACTOR,
  type OwnershipMove,
  type OwnershipMoveRequest,
  type Run,
} from '@slipway/plugin-platform-common';
import type { RunService } from '../runs';
import { MOVE_OWNERSHIP_RUN_KIND } from './moveInput';

/** Starts moves, and says how far they are. */
export class MoveService {
  readonly #runs: Pick<RunService, 'start'>;

  constructor(options: { runs: Pick<RunService, 'start'> }) {
    this.#runs = options.runs;
  }

  /** Under a key that was used before, it says how far that one is. */
  async move({
    key,
    by,
    title,
    entities,
  }: OwnershipMoveRequest): Promise<OwnershipMove> {
    const [{ to }] = entities;
    const run = await this.#runs.start({
      kind: MOVE_OWNERSHIP_RUN_KIND,
      input: { title, by, entities },
      target: `ownership:${key}`,
      requestedBy: PLATFORM_ACTOR,
      owner: to,
      idempotencyKey: `ownership:${key}`,
    });
    return toMove(run);
  }
}

function toMove({ id, state, failure, steps }: Run): OwnershipMove {
  const confirmed = steps.find(step => step.id === 'confirm')?.output;
  if (!isFinalRunState(state)) {
    return { runId: id, state: 'running', touched: [] };
  }
  return state === 'succeeded'
    ? {
        runId: id,
        state: 'done',
        touched: (confirmed?.touched as string[] | undefined) ?? [],
      }
    : {
        runId: id,
        state: 'failed',
        touched: [],
        problem: [failure?.message ?? `The run is ${state}.`, failure?.hint]
          .filter(Boolean)
          .join(' '),
      };
}
