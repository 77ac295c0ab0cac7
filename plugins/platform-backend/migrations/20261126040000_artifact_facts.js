/**
 * What is known of artifacts, from the pipelines that made them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('artifact_facts', table => {
    table.text('digest').notNullable();
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.text('summary').notNullable();
    table.jsonb('findings').notNullable();
    table.text('document').comment('The report itself, where people want it');
    table.timestamp('measured_at').notNullable();
    table.primary(['digest', 'kind']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('artifact_facts');
};
