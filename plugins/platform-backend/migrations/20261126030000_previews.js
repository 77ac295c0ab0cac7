/**
 * Environments that branches have for themselves, and which releases were built from a branch.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('releases', table => {
    table
      .text('branch')
      .comment('Where it was built from another than the default branch');
  });

  await knex.schema.createTable('previews', table => {
    table.comment('Environments that branches have for themselves, or had');
    table.uuid('id').primary();
    table.specificType('number', 'integer GENERATED ALWAYS AS IDENTITY');
    table.text('base').notNullable();
    table.text('service').notNullable().index();
    table.text('branch').notNullable();
    table.integer('merge_request');
    table.text('state').notNullable();
    table.text('reason').comment('Why it goes');
    table.text('requested_by').notNullable();
    table
      .timestamp('created_at')
      .notNullable()
      .defaultTo(knex.raw('clock_timestamp()'));
    table.timestamp('expires_at').notNullable();
    table
      .uuid('shown_pipeline_id')
      .comment('Whose release was deployed to it last');
    table.timestamp('warned_at').comment('When its team was told that it ends');
    table.uuid('removal_run_id');
    table.timestamp('removal_begun_at');
    table.timestamp('removed_at');
    table.unique(['number']);
    table.check("state in ('active', 'removing', 'removed')");
  });
  await knex.raw(
    `CREATE UNIQUE INDEX previews_one_each ON previews (service, branch) WHERE state <> 'removed'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('previews');
  await knex.schema.alterTable('releases', table => {
    table.dropColumn('branch');
  });
};
