import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Chore } from '../../runs';
import type { OwnerNews } from '../OwnerNews';
import { connectionsTo } from '../store/connections';
import type { ResourceRow } from '../store/rows';
import { dueWarnings, markWarned } from '../store/warnings';

const BATCH = 20;
/** When somebody who couldn't be told is tried again, in milliseconds. */
const LATER_MS = 30_000;

/**
 * Tells owners that a resource will expire, once for each expiry, at least: one whose backend dies between telling and remembering that is
 * told again, in place of the first.
 */
export class ExpiryWarnings implements Chore {
  readonly #knex: Knex;
  readonly #news: Pick<OwnerNews, 'expires'>;
  readonly #logger: LoggerService;
  #notBefore = 0;

  constructor(options: {
    knex: Knex;
    news: Pick<OwnerNews, 'expires'>;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#news = options.news;
    this.#logger = options.logger;
  }

  async sweep(): Promise<void> {
    if (Date.now() < this.#notBefore) {
      return;
    }
    await this.#knex.transaction(async trx => {
      const rows = await dueWarnings(trx, BATCH);
      const warned: string[] = [];
      for (const row of rows) {
        if (!(await this.#warn(trx, row))) {
          break;
        }
        warned.push(row.id);
      }
      await markWarned(trx, warned);
    });
  }

  /** Answers whether it worked; where one can't be told, the next can't either. */
  async #warn(trx: Knex.Transaction, row: ResourceRow): Promise<boolean> {
    const { expires_at: expiresAt } = row;
    try {
      if (expiresAt) {
        await this.#news.expires(
          { ...row, expires_at: expiresAt },
          await connectionsTo(trx, [row.id]),
        );
      }
      return true;
    } catch (error) {
      this.#notBefore = Date.now() + LATER_MS;
      this.#logger.warn(
        `Nobody was told yet that resource ${row.id} will expire: ${error}`,
      );
      return false;
    }
  }
}
