import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Transfer } from '@slipway/plugin-ownership-common';

/** Told by who moves things how far that is. Each may come twice. */
export interface TransferProgress {
  /** @param touched - the places that were changed, as sentences */
  moved(id: string, touched: readonly string[]): Promise<void>;
  movedBack(id: string): Promise<void>;
  /** It didn't work, and nothing goes on by itself. */
  failed(id: string, problem: string): Promise<void>;
}

/** Changes what says who owns something: entity files, and what the platform keeps by team. */
export interface TransferMover {
  /** Called once, before anything else. */
  connect(progress: TransferProgress): void;
  /** Begins to move, and answers the run that does. The same transfer may be asked for again, and begins once. */
  move(transfer: Transfer): Promise<{ runId: string }>;
  /** The same, back to who owned it before. */
  moveBack(transfer: Transfer): Promise<{ runId: string }>;
}

/** Where a module says who moves things. Without one, transfers wait once they are accepted. */
export interface TransferMoverExtensionPoint {
  setMover(mover: TransferMover): void;
}

/** See {@link TransferMoverExtensionPoint}. */
export const transferMoverExtensionPoint =
  createExtensionPoint<TransferMoverExtensionPoint>({
    id: 'ownership.transfer-mover',
  });
