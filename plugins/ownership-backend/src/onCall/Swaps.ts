import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  type Shift,
  shifts,
  type SwapRequest,
  withSwap,
} from '@slipway/plugin-ownership-common';
import {
  addOverride,
  type LocatedRotation,
} from '@slipway/plugin-ownership-node';
import type { Caller } from '@slipway/plugin-platform-node';
import { userReference } from '../http';
import type { OrganisationReads } from '../organisation';
import type { RotationFiles } from './RotationFiles';

/** How far ahead shifts can be swapped: as far as pages show them. */
const PLAN_MS = 28 * 24 * 60 * 60_000;

/** Lets colleagues take over shifts, by an override in the file of the rotation. */
export class Swaps {
  readonly #rotations: RotationFiles;
  readonly #organisation: Pick<OrganisationReads, 'people'>;
  readonly #notifications: Pick<NotificationService, 'send'>;
  readonly #logger: LoggerService;

  constructor(options: {
    rotations: RotationFiles;
    organisationReads: Pick<OrganisationReads, 'people'>;
    notifications: Pick<NotificationService, 'send'>;
    logger: LoggerService;
  }) {
    this.#rotations = options.rotations;
    this.#organisation = options.organisationReads;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /**
   * Throws `NotAllowedError` for those who are not in the team, `InputError` for a shift that isn't there or is over and for people who can't take
   * over, `ConflictError` where it is overridden already.
   */
  async swap(
    caller: Caller,
    found: LocatedRotation,
    request: SwapRequest,
  ): Promise<void> {
    const { rotation } = found;
    const people = await this.#organisation.people(rotation.team);
    const team = new Set(people.map(({ person }) => person));
    if (!team.has(caller.userRef)) {
      throw new NotAllowedError(
        `Only members of ${rotation.team} can swap its shifts. Ask one of them.`,
      );
    }
    const to = userReference(request.to, 'to');
    const now = new Date();
    await this.#rotations.edit(found, text => {
      const shift = shiftAt(found, request.since, now);
      const from = shift.kind === 'gap' ? to : shift.person;
      const override = withSwap(
        rotation,
        { shift, from, to, why: request.why?.trim() || undefined },
        { team, now },
      );
      return addOverride(text, rotation.name, override);
    });
    await this.#tell(caller, found, to);
  }

  /** Who takes over, where somebody else asked for it; it counts all the same where nobody can be told. */
  async #tell(
    caller: Caller,
    { rotation: { name } }: LocatedRotation,
    to: string,
  ): Promise<void> {
    if (to === caller.userRef) {
      return;
    }
    try {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef: to },
        payload: {
          title: `You took over a shift of ${name}`,
          description: `${caller.userRef} swapped it with you. Talk to them if that does not suit you.`,
          link: `/ownership/on-call/${name}`,
          topic: `ownership-swap-${name}`,
        },
      });
    } catch (error) {
      this.#logger.warn(`Nobody told ${to} of a swap in ${name}: ${error}`);
    }
  }
}

function shiftAt(
  { rotation }: LocatedRotation,
  since: string,
  now: Date,
): Shift {
  const at = Date.parse(since);
  if (Number.isNaN(at)) {
    throw new InputError(
      `since: "${since}" is no time. Write when the shift begins, such as ${now.toISOString()}.`,
    );
  }
  const shift = shifts(rotation, now, new Date(now.getTime() + PLAN_MS)).find(
    one => one.since !== undefined && Date.parse(one.since) === at,
  );
  if (!shift) {
    throw new ConflictError(
      `No shift of ${rotation.name} begins at ${since} that isn't over. Look at the rotation again.`,
    );
  }
  return shift;
}
