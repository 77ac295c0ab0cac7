import { NotAllowedError } from '@backstage/errors';
import {
  platformReadPermission,
  platformServiceCreatePermission,
  platformServiceOperatePermission,
} from '@slipway/plugin-platform-common';
import {
  type Asking,
  type Caller,
  Callers,
} from '@slipway/plugin-platform-node';

/** Decides who may do what: the permission policy first, then ownership. */
export class Access {
  readonly #callers: Callers;

  constructor(options: ConstructorParameters<typeof Callers>[0]) {
    this.#callers = new Callers(options);
  }

  /** People and other plugins may read what the policy lets them. */
  requireRead(asking: Asking): Promise<void> {
    return this.#callers.require(asking, platformReadPermission);
  }

  /** A person who may read, where the answer depends on who asks. */
  requireReader(asking: Asking): Promise<Caller> {
    return this.#callers.requirePerson(asking, platformReadPermission);
  }

  /** Only a person can act; on what, the rules about runs or an approval's terms decide. */
  requireOperator(asking: Asking): Promise<Caller> {
    return this.#callers.requirePerson(
      asking,
      platformServiceOperatePermission,
    );
  }

  /** Only a person can create a service; for which team, the rules about runs decide. */
  requireCreator(asking: Asking): Promise<Caller> {
    return this.#callers.requirePerson(asking, platformServiceCreatePermission);
  }

  /** Only a person can act, and only one of the owning team. */
  async requireOwner(asking: Asking, owner: string): Promise<Caller> {
    const caller = await this.requireOperator(asking);
    if (!caller.ownershipRefs.includes(owner)) {
      throw new NotAllowedError(
        `Only members of ${owner} can do this. Ask one of them, or ask to join the team.`,
      );
    }
    return caller;
  }
}
