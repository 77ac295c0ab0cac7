import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Transfer } from '@slipway/plugin-ownership-common';
import type {
  TransferMover,
  TransferProgress,
} from '@slipway/plugin-ownership-node';
import type {
  OwnershipMove,
  OwnershipMoveRequest,
  PlatformApi,
} from '@slipway/plugin-platform-common';
import { platformToken } from './platformToken';

/** How often to ask how far a move is, in milliseconds. */
const LOOK_MS = 1_000;

/**
 * Lets the platform move what was agreed to, by a run. It is asked again under the same key how far that is, and so it doesn't matter which
 * backend asks, or whether one has died in between.
 */
export class PlatformMover implements TransferMover {
  readonly #platform: Pick<PlatformApi, 'moveOwnership'>;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #lookMs: number;
  /** What this process asks after, by key. */
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #progress: TransferProgress | undefined;

  /** @param options - `lookMs`: how often to ask */
  constructor(options: {
    platform: Pick<PlatformApi, 'moveOwnership'>;
    auth: AuthService;
    logger: LoggerService;
    lookMs?: number;
  }) {
    this.#platform = options.platform;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#lookMs = options.lookMs ?? LOOK_MS;
  }

  connect(progress: TransferProgress): void {
    this.#progress = progress;
  }

  async move(transfer: Transfer): Promise<{ runId: string }> {
    const { entities, to, toTitle } = transfer;
    return this.#ask(
      {
        ...requestOf(transfer, 'to'),
        title: `Give ${titleOf(transfer)} to ${toTitle}`,
        entities: entities.map(({ entityRef }) => ({ entityRef, to })),
      },
      async ({ touched }) => this.#progress?.moved(transfer.id, touched),
      transfer.id,
    );
  }

  async moveBack(transfer: Transfer): Promise<{ runId: string }> {
    return this.#ask(
      {
        ...requestOf(transfer, 'back'),
        title: `Give ${titleOf(transfer)} back`,
        entities: transfer.entities.flatMap(({ entityRef, from }) =>
          from ? [{ entityRef, to: from }] : [],
        ),
      },
      async () => this.#progress?.movedBack(transfer.id),
      transfer.id,
    );
  }

  /** Ends asking; what is under way goes on. */
  stop(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#timers.clear();
  }

  async #ask(
    request: OwnershipMoveRequest,
    onDone: (move: OwnershipMove) => Promise<void>,
    id: string,
  ): Promise<{ runId: string }> {
    const { token } = await platformToken(this.#auth);
    const move = await this.#platform.moveOwnership(request, { token });
    this.#later(request.key, async () => {
      if (move.state === 'done') {
        await onDone(move);
      } else if (move.state === 'failed') {
        await this.#progress?.failed(id, move.problem ?? 'It failed.');
      } else {
        await this.#ask(request, onDone, id);
      }
    });
    return { runId: move.runId };
  }

  /** Once for each key, whoever asks: the caller stores first that it has begun. */
  #later(key: string, work: () => Promise<void>): void {
    clearTimeout(this.#timers.get(key));
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      work().catch(error =>
        this.#logger.warn(
          `Nobody says how far ${key} is, and is asked again later: ${error}`,
        ),
      );
    }, this.#lookMs);
    timer.unref();
    this.#timers.set(key, timer);
  }
}

function requestOf(
  { id, decidedBy, decidedAt, offeredBy }: Transfer,
  direction: 'to' | 'back',
): Pick<OwnershipMoveRequest, 'key' | 'by'> {
  // Agreed to anew after it failed, it is another move.
  const at = Date.parse(decidedAt ?? '') || 0;
  return { key: `${id}-${direction}-${at}`, by: decidedBy ?? offeredBy };
}

function titleOf({ entities }: Transfer): string {
  const [first, ...others] = entities;
  return others.length === 0
    ? first.title
    : `${first.title} and ${others.length} more`;
}
