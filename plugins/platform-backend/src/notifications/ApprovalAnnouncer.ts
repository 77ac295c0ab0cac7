import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import type { RunEvents, RunSecrets } from '../runs';
import { within } from '../time';
import { approvalNews } from './approvalNews';
import {
  announcing,
  markAnnounced,
  type Unannounced,
  unannounced,
} from './unannounced';

/** How many approvals one call tells about at most. */
const BATCH = 200;
/** How many of them this backend tells about side by side. */
const SIDE_BY_SIDE = 3;
/** How long telling may take, in milliseconds; meanwhile a transaction is open. */
const PATIENCE_MS = 5_000;
/** After how long a call leaves the rest to the next one, in milliseconds, since other chores wait for it. */
const SHIFT_MS = 1_000;
/** When an approval that nobody could be told about is tried again, in milliseconds. */
const LATER_MS = 30_000;

/**
 * Tells approvers that they are asked, and who asked how it ended. At least once: an approval counts as told only after
 * it was, so one whose backend dies halfway is told again, by any backend; notifications of one approval replace each
 * other, so nobody sees two. Telling holds no lock that a decision waits for.
 */
export class ApprovalAnnouncer {
  readonly #knex: Knex;
  readonly #notifications: Pick<NotificationService, 'send'>;
  readonly #events: Pick<RunEvents, 'publish'>;
  readonly #secrets: Pick<RunSecrets, 'redactor'>;
  readonly #logger: LoggerService;
  readonly #later = new Map<string, number>();

  constructor(options: {
    knex: Knex;
    notifications: Pick<NotificationService, 'send'>;
    events: Pick<RunEvents, 'publish'>;
    secrets: Pick<RunSecrets, 'redactor'>;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#notifications = options.notifications;
    this.#events = options.events;
    this.#secrets = options.secrets;
    this.#logger = options.logger;
  }

  /**
   * Tells what is to be told now, for a second at most; the rest is for the next call. What fails is logged and tried again by
   * a later call, and ends this one: where one can't be told, the next can't either.
   */
  async announce(): Promise<void> {
    const left = await unannounced(this.#knex, BATCH, this.#postponed());
    const end = Date.now() + SHIFT_MS;
    const work = async () => {
      for (let id = left.shift(); id; id = left.shift()) {
        if (!(await this.#tellOrPostpone(id)) || Date.now() > end) {
          left.length = 0;
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  }

  #postponed(): string[] {
    for (const [id, until] of this.#later) {
      if (until <= Date.now()) {
        this.#later.delete(id);
      }
    }
    return [...this.#later.keys()];
  }

  /** Answers whether it worked. */
  async #tellOrPostpone(id: string): Promise<boolean> {
    try {
      await this.#knex.transaction(async trx => {
        const approval = await announcing(trx, id);
        if (approval) {
          await within(PATIENCE_MS, this.#tell(approval));
          await markAnnounced(trx, approval);
        }
      });
      return true;
    } catch (error) {
      this.#later.set(id, Date.now() + LATER_MS);
      this.#logger.warn(
        `Nobody was told about approval ${id}; it will be tried again in ${LATER_MS / 1000} s: ${error}`,
      );
      return false;
    }
  }

  async #tell(approval: Unannounced): Promise<void> {
    this.#events.publish({
      type: 'approval',
      approvalId: approval.id,
      runId: approval.run_id,
      state: approval.state,
    });
    const news = approvalNews(approval);
    if (news) {
      const redactor = await this.#secrets.redactor(approval.run_id);
      await this.#notifications.send(
        redactor.json<NotificationSendOptions>(news),
      );
    }
  }
}
