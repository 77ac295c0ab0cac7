/**
 * The configuration of services in environments: each change holds all of it as it is from then on.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('configuration_changes', table => {
    table.comment('All variables and secrets of a service in an environment');
    table.uuid('id').primary();
    table.text('service').notNullable();
    table.text('environment').notNullable();
    table
      .integer('version')
      .comment('Given when it comes into force; empty until then');
    table
      .integer('base_version')
      .notNullable()
      .comment('The version that it changes; 0 for the first');
    table.jsonb('variables').notNullable();
    table.specificType('secrets', 'bytea').comment('All of them, encrypted');
    table.text('secrets_key').index();
    table.jsonb('changes').notNullable();
    table.text('reason');
    table.text('changed_by').notNullable();
    table.uuid('run_id').notNullable();
    table
      .timestamp('created_at')
      .notNullable()
      .defaultTo(knex.raw('clock_timestamp()'));
    table.timestamp('applied_at');
    table.unique(['service', 'environment', 'version']);
    table.index('run_id');
  });
  await knex.schema.alterTable('deployments', table => {
    table
      .integer('configuration_version')
      .comment('The version that it was started with');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('deployments', table => {
    table.dropColumn('configuration_version');
  });
  await knex.schema.dropTable('configuration_changes');
};
