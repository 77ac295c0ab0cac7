/**
 * Who started a run last: where somebody else retries or undoes it, the rules are asked about that person. And which steps can be
 * undone, so that pages offer it where it is possible.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .text('acting')
      .comment('Who retried or undid it last; empty: the one who asked for it');
  });
  await knex.schema.alterTable('run_steps', table => {
    table.boolean('undoable').notNullable().defaultTo(false);
  });
  // Until now only what says what remains of it was offered to be undone.
  await knex('run_steps').whereNotNull('remains').update({ undoable: true });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('run_steps', table => {
    table.dropColumn('undoable');
  });
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('acting');
  });
};
