import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CallSource, SeenCall } from '@slipway/plugin-ownership-node';
import type { Knex } from 'knex';

/** What states a dependency that was seen: no entity's file. */
const STATED_BY = 'traffic';
/** After how long without a call one is forgotten, in milliseconds. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 60 * 60_000;

/** Keeps which entity was seen to call which, as dependencies beside those that are declared. */
export class SeenCalls {
  readonly #knex: Knex;
  readonly #sources: readonly CallSource[];
  readonly #logger: LoggerService;
  readonly #onChange: () => void;

  /** @param options - `onChange`: a dependency came or went */
  constructor(options: {
    knex: Knex;
    sources: readonly CallSource[];
    logger: LoggerService;
    onChange: () => void;
  }) {
    this.#knex = options.knex;
    this.#sources = options.sources;
    this.#logger = options.logger;
    this.#onChange = options.onChange;
  }

  /** Asks all sources. One that can't be asked is logged, and asked by a later call. */
  async look(now = new Date()): Promise<void> {
    let changed = 0;
    for (const source of this.#sources) {
      try {
        changed += await this.#keep(await source.calls());
      } catch (error) {
        this.#logger.warn(`Nobody says what calls what: ${error}`);
      }
    }
    changed += await this.#knex('dependencies')
      .where({ origin: 'seen' })
      .where('seen_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MS))
      .delete();
    if (changed > 0) {
      this.#onChange();
    }
  }

  /** Answers how many are new. */
  async #keep(calls: readonly SeenCall[]): Promise<number> {
    const latest = new Map(
      calls
        .filter(({ from, to }) => from !== to)
        .toSorted((a, b) => a.at.localeCompare(b.at))
        .map(({ from, to, at }) => [
          `${from} ${to}`,
          {
            dependent_ref: from,
            dependency_ref: to,
            origin: 'seen',
            stated_by: STATED_BY,
            seen_at: at,
          },
        ]),
    );
    if (latest.size === 0) {
      return 0;
    }
    const rows: Array<{ is_new: boolean }> = await this.#knex('dependencies')
      .insert([...latest.values()])
      .onConflict(['dependency_ref', 'dependent_ref', 'origin', 'stated_by'])
      .merge({
        seen_at: this.#knex.raw(
          'greatest(dependencies.seen_at, excluded.seen_at)',
        ),
      })
      // A row that was inserted has no transaction that ended it.
      .returning(this.#knex.raw('xmax = 0 AS is_new'));
    return rows.filter(({ is_new: isNew }) => isNew).length;
  }
}
