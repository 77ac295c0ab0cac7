/**
 * Who started a run last: where somebody else retries or undoes it, the rules are asked about that person.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .text('acting')
      .comment('Who retried or undid it last; empty: the one who asked for it');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('acting');
  });
};
