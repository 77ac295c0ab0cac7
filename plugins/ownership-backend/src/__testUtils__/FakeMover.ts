import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Transfer } from '@slipway/plugin-ownership-common';
import {
  type TransferMover,
  transferMoverExtensionPoint,
  type TransferProgress,
} from '@slipway/plugin-ownership-node';

/** Moves nothing, and says so when a test wants it to. */
export class FakeMover implements TransferMover {
  isReady = true;
  readonly asked: Array<{ id: string; to: string }> = [];
  #progress: TransferProgress | undefined;

  get progress(): TransferProgress {
    if (!this.#progress) {
      throw new Error('Nobody has connected the mover.');
    }
    return this.#progress;
  }

  /** Adds it to a backend. */
  get module() {
    return createBackendModule({
      pluginId: 'ownership',
      moduleId: 'test-mover',
      register: env => {
        env.registerInit({
          deps: { movers: transferMoverExtensionPoint },
          init: async ({ movers }) => movers.setMover(this),
        });
      },
    });
  }

  connect(progress: TransferProgress): void {
    this.#progress = progress;
  }

  async move({ id, to }: Transfer): Promise<{ runId: string }> {
    return this.#ask(id, to);
  }

  async moveBack({ id }: Transfer): Promise<{ runId: string }> {
    return this.#ask(id, 'back');
  }

  #ask(id: string, to: string): { runId: string } {
    if (!this.isReady) {
      throw new Error('The platform does not answer.');
    }
    this.asked.push({ id, to });
    return { runId: `run-${this.asked.length}` };
  }
}
