/**
 * How many processes of a service there shall be, and who stopped it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('service_scales', table => {
    table.comment('What people, and the night, want of services that serve');
    table.text('service').notNullable();
    table.text('environment').notNullable();
    table.integer('replicas').comment('Missing where nobody scaled it');
    table
      .timestamp('asleep_since')
      .comment('Set while it is stopped because it is night there');
    table
      .timestamp('woken_at')
      .comment(
        'When somebody started it who wants it awake until the next night',
      );
    table.primary(['service', 'environment']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('service_scales');
};
