import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Leaver } from '@slipway/plugin-ownership-common';
import type { LeaverHandler } from '@slipway/plugin-ownership-node';
import type { LeaverStore } from './LeaverStore';

/** How many may be gone at once, however few people there are. */
const FEW = 5;
/** The share of all people that may be gone at once. */
const MOST_OF_ALL = 0.2;

/** Takes back what people had who left. */
export class LeaverService {
  readonly #store: LeaverStore;
  readonly #handlers: readonly LeaverHandler[];
  readonly #notifications: Pick<NotificationService, 'send'>;
  readonly #logger: LoggerService;
  readonly #onChange: () => void;
  readonly #afterMs: number;

  /** @param options - `afterMs`: how long somebody must be gone. `onChange`: something was changed */
  constructor(options: {
    leaverStore: LeaverStore;
    handlers: readonly LeaverHandler[];
    notifications: Pick<NotificationService, 'send'>;
    logger: LoggerService;
    onChange: () => void;
    afterMs: number;
  }) {
    this.#store = options.leaverStore;
    this.#handlers = options.handlers;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
    this.#afterMs = options.afterMs;
  }

  /** Does what is due. What fails is logged, and done by a later call. */
  async look(now = new Date()): Promise<void> {
    const due = await this.#store.due(new Date(now.getTime() - this.#afterMs));
    const unsure = due.filter(({ confirmedBy }) => confirmedBy === undefined);
    if (await this.#areTooMany(unsure.length)) {
      await this.#store.hold(unsure.map(({ id }) => id));
      this.#logger.warn(
        `${unsure.length} people are gone from the catalog at once. Nothing of theirs is taken back until the platform team says on the page of leavers that they left.`,
      );
      this.#onChange();
      return this.#takeBack(due.filter(one => !unsure.includes(one)));
    }
    return this.#takeBack(due);
  }

  async #areTooMany(gone: number): Promise<boolean> {
    return (
      gone > FEW &&
      gone > MOST_OF_ALL * ((await this.#store.countPresent()) + gone)
    );
  }

  async #takeBack(leavers: readonly Leaver[]): Promise<void> {
    for (const leaver of leavers) {
      try {
        await this.#takeBackFrom(leaver);
      } catch (error) {
        this.#logger.warn(
          `What ${leaver.person} had is not taken back yet, and is tried again: ${error}`,
        );
      }
    }
  }

  async #takeBackFrom(leaver: Leaver): Promise<void> {
    const { id, teams, title } = leaver;
    const touched = await this.#store.takeBack(id, () => this.#handle(leaver));
    if (touched) {
      this.#onChange();
      await this.#tell(teams, title, touched).catch(error =>
        this.#logger.warn(
          `${teams.join(', ')} was not told that ${title} left: ${error}`,
        ),
      );
    }
  }

  async #handle({ person, teams }: Leaver): Promise<string[]> {
    const touched: string[] = [];
    for (const handler of this.#handlers) {
      touched.push(...(await handler.left({ person, teams })));
    }
    const items = await this.#store.unassign(person);
    if (items > 0) {
      touched.push(
        items === 1
          ? '1 work item that they looked after is nobody’s now.'
          : `${items} work items that they looked after are nobody’s now.`,
      );
    }
    return touched;
  }

  async #tell(
    teams: string[],
    title: string,
    touched: string[],
  ): Promise<void> {
    if (teams.length > 0) {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef: teams },
        payload: {
          title: `${title} left`,
          description: [
            ...touched,
            'See which work items that leaves your team with.',
          ].join(' '),
          link: '/ownership/leavers',
          topic: 'ownership',
        },
      });
    }
  }
}
