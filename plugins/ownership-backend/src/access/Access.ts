import {
  leaversConfirmPermission,
  ownershipActPermission,
  ownershipImportPermission,
  ownershipReadPermission,
} from '@slipway/plugin-ownership-common';
import {
  type Asking,
  type Caller,
  Callers,
} from '@slipway/plugin-platform-node';

/** Decides who may read and act; that something is theirs is for the rules of what they do. */
export class Access {
  readonly #callers: Callers;

  constructor(options: ConstructorParameters<typeof Callers>[0]) {
    this.#callers = new Callers(options);
  }

  /** People and other plugins may read. */
  requireRead(asking: Asking): Promise<void> {
    return this.#callers.require(asking, ownershipReadPermission);
  }

  /** Only a person can act. */
  requireActor(asking: Asking): Promise<Caller> {
    return this.#callers.requirePerson(asking, ownershipActPermission);
  }

  /** Somebody who may bring services into the catalog. */
  requireImporter(asking: Asking): Promise<Caller> {
    return this.#callers.requirePerson(asking, ownershipImportPermission);
  }

  /** Somebody who may say that many who are gone at once have left. */
  requireConfirmer(asking: Asking): Promise<Caller> {
    return this.#callers.requirePerson(asking, leaversConfirmPermission);
  }
}
