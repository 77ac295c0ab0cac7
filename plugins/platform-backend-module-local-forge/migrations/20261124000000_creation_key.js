/**
 * Under which idempotency key a repository was created, so that creating it again answers it instead of refusing the name.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .text('creation_key')
      .unique()
      .comment('Idempotency key it was created under, if any');
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('creation_key');
  });
};
