import { NotFoundError } from '@backstage/errors';
import type {
  RotationDetail,
  RotationList,
} from '@slipway/plugin-ownership-common';
import type { Asking } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import { groupReference } from '../http';
import type { OnCallService } from './OnCallService';

/** What people ask of rotations. */
export class OnCallOperations {
  readonly #access: Access;
  readonly #onCall: OnCallService;

  constructor(options: { access: Access; onCall: OnCallService }) {
    this.#access = options.access;
    this.#onCall = options.onCall;
  }

  async list(asking: Asking, team: string | undefined): Promise<RotationList> {
    await this.#access.requireRead(asking);
    return this.#onCall.list(team && groupReference(team, 'team'), new Date());
  }

  async get(asking: Asking, name: string): Promise<RotationDetail> {
    await this.#access.requireRead(asking);
    const found = await this.#onCall.find(name, new Date());
    if (!found) {
      throw new NotFoundError(
        `There is no rotation "${name}". The list of rotations has them, and what is wrong with their files.`,
      );
    }
    return found;
  }
}
