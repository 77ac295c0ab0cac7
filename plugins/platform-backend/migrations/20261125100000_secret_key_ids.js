/**
 * Which key the secrets of runs need, so that they can be encrypted anew with another.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('run_secrets', table => {
    table
      .text('key_id')
      .index()
      .comment('Empty on what was encrypted before keys had ids');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('run_secrets', table => {
    table.dropColumn('key_id');
  });
};
