/**
 * What is wrong with a resource although it is what was asked for: a volume that is over its quota.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('resources', table => {
    table.text('warning').comment('What to do about it, for people');
    table
      .boolean('warning_told')
      .notNullable()
      .defaultTo(false)
      .comment('Whether its owner knows');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('resources', table => {
    table.dropColumn('warning');
    table.dropColumn('warning_told');
  });
};
