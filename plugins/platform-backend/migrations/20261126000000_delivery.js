/**
 * Why a release is deployed, where its rollout is and what was found while it went on; which digests are held.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('releases', table => {
    table.text('delivery').comment('The delivery.yaml of its commit');
  });
  await knex.schema.alterTable('deployments', table => {
    table.text('cause').notNullable().defaultTo('manual');
    table.text('reason');
    table
      .uuid('previous_id')
      .comment('The deployment that served when this one took over');
    table
      .jsonb('rollout')
      .comment('Where it is on its way; empty where it has ended');
    table.jsonb('verdict');
    table.timestamp('served_at').comment('When it got all the traffic');
  });
  await knex.raw(
    `UPDATE deployments SET served_at = ended_at WHERE state IN ('serving', 'superseded')`,
  );
  await knex.raw(
    'CREATE INDEX deployments_newest ON deployments (created_at DESC, id DESC)',
  );

  await knex.schema.createTable('release_holds', table => {
    table.comment('Digests that are not to be deployed, or were');
    table.uuid('id').primary();
    table.text('service').notNullable();
    table.text('artifact_digest').notNullable();
    table.integer('release').notNullable();
    table.text('reason').notNullable();
    table.jsonb('verdict');
    table.text('placed_by').notNullable();
    table
      .timestamp('placed_at')
      .notNullable()
      .defaultTo(knex.raw('clock_timestamp()'));
    table.text('lifted_by');
    table.timestamp('lifted_at');
    table.text('lifted_reason');
    table.index(['service', 'placed_at']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX release_holds_one_a_digest ON release_holds (service, artifact_digest)
     WHERE lifted_at IS NULL`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('release_holds');
  await knex.raw('DROP INDEX deployments_newest');
  await knex.schema.alterTable('deployments', table => {
    table.dropColumns(
      'cause',
      'reason',
      'previous_id',
      'rollout',
      'verdict',
      'served_at',
    );
  });
  await knex.schema.alterTable('releases', table => {
    table.dropColumn('delivery');
  });
};
