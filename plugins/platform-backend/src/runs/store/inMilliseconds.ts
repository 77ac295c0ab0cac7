import type { Knex } from 'knex';

/** A time so many milliseconds from now, by the database's clock. */
export function inMilliseconds(knex: Knex, milliseconds: number): Knex.Raw {
  return knex.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [
    milliseconds,
  ]);
}
