import type { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  RotationDetail,
  RotationList,
  SwapRequest,
} from '@slipway/plugin-ownership-common';
import { type Asking, withAudit } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import { groupReference } from '../http';
import type { OnCallService } from './OnCallService';
import type { RotationFiles } from './RotationFiles';
import type { Swaps } from './Swaps';

/** What people ask of rotations. */
export class OnCallOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #onCall: OnCallService;
  readonly #rotations: Pick<RotationFiles, 'find'>;
  readonly #swaps: Swaps;
  readonly #reread: () => Promise<void>;
  readonly #onChange: () => void;
  /** One after the other, so that each knows of those before. */
  #lastSwap: Promise<void> = Promise.resolve();

  /** @param options - `reread`: reads the files of rotations anew. `onChange`: something was changed */
  constructor(options: {
    access: Access;
    auditor: AuditorService;
    onCall: OnCallService;
    rotations: Pick<RotationFiles, 'find'>;
    swaps: Swaps;
    reread: () => Promise<void>;
    onChange: () => void;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#onCall = options.onCall;
    this.#rotations = options.rotations;
    this.#swaps = options.swaps;
    this.#reread = options.reread;
    this.#onChange = options.onChange;
  }

  async list(asking: Asking, team: string | undefined): Promise<RotationList> {
    await this.#access.requireRead(asking);
    return this.#onCall.list(team && groupReference(team, 'team'), new Date());
  }

  async get(asking: Asking, name: string): Promise<RotationDetail> {
    await this.#access.requireRead(asking);
    return this.#require(name, await this.#onCall.find(name, new Date()));
  }

  /** Answers the rotation as it is with the swap. */
  async swap(
    asking: Asking,
    name: string,
    request: SwapRequest,
  ): Promise<RotationDetail> {
    const caller = await this.#access.requireActor(asking);
    const { since, to } = request;
    const swap = this.#lastSwap.then(async () => {
      const found = this.#require(name, this.#rotations.find(name));
      await withAudit(
        this.#auditor,
        {
          eventId: 'on-call-swap',
          severityLevel: 'medium',
          meta: { name, since, to, actor: caller.userRef },
        },
        () => this.#swaps.swap(caller, found, request),
      );
      await this.#reread();
    });
    this.#lastSwap = swap.catch(() => undefined);
    await swap;
    this.#onChange();
    return this.#require(name, await this.#onCall.find(name, new Date()));
  }

  #require<T>(name: string, found: T | undefined): T {
    if (!found) {
      throw new NotFoundError(
        `There is no rotation "${name}". The list of rotations has them, and what is wrong with their files.`,
      );
    }
    return found;
  }
}
