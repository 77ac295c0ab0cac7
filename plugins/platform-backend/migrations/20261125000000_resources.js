/**
 * Resources, and which services are connected to them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('resources', table => {
    table.comment('Every resource that was ever asked for');
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.text('environment').notNullable();
    table.text('type').notNullable();
    table.text('class').notNullable();
    table.text('owner').notNullable();
    table.text('service').comment('The service whose score.yaml made it');
    table.text('provider').notNullable();
    table.text('definition').notNullable();
    table
      .jsonb('asked')
      .notNullable()
      .comment('The parameters that people asked for');
    table
      .jsonb('parameters')
      .notNullable()
      .comment('The same, completed by the definition and the provider');
    table
      .bigInteger('retention_ms')
      .notNullable()
      .comment('How long it can be restored once it was deleted');
    table
      .boolean('adopted')
      .notNullable()
      .defaultTo(false)
      .comment('Whether it was there before the platform');
    table.text('state').notNullable();
    table
      .text('failed_in')
      .comment('The state that a failed one goes on from when it is retried');
    table.jsonb('failure');
    table.jsonb('outputs').notNullable().defaultTo('{}');
    table.binary('secrets').comment('The secret outputs, encrypted');
    table.text('secrets_key').comment('The id of the key they need');
    table
      .text('outputs_from')
      .comment('The idempotency key of the operation that gave them');
    table
      .jsonb('provider_state')
      .notNullable()
      .defaultTo('{}')
      .comment('What the provider asked to remember');
    table.jsonb('drift');
    table
      .text('drift_told')
      .comment('The digest of the drift that the owner was told of');
    table.timestamp('checked_at').comment('When it was looked at for drift');
    table.timestamp('check_due_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('expires_at');
    table
      .timestamp('warn_at')
      .comment('When the owner is to be warned; empty once that was done');
    table.timestamp('deleted_at');
    table.timestamp('purge_at');
    table.timestamp('rotated_at');
    table
      .uuid('run_id')
      .notNullable()
      .comment('The newest run that acted on it');
    table.text('created_by').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('ready_at');
    table.timestamp('changed_at').notNullable().defaultTo(knex.fn.now());
    table
      .integer('version')
      .notNullable()
      .defaultTo(1)
      .comment('Counts what is to be announced');
    table.integer('announced').notNullable().defaultTo(0);
    for (const column of ['owner', 'environment', 'type', 'state', 'service']) {
      table.index([column, 'created_at', 'id']);
    }
    table.index(['created_at', 'id']);
    table.index(['environment', 'name', 'created_at']);
    table.index(['run_id']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX resources_one_per_name ON resources (environment, name)
     WHERE deleted_at IS NULL AND state <> 'destroyed'`,
  );
  for (const [index, columns, condition] of [
    ['expiring', 'expires_at', `state IN ('ready', 'failed')`],
    ['warned', 'warn_at', `state IN ('ready', 'failed')`],
    ['purged', 'purge_at', `state = 'deleted'`],
    ['checked', 'check_due_at', `state = 'ready'`],
    ['unannounced', 'changed_at', 'announced < version'],
    ['by_key', 'secrets_key', 'secrets IS NOT NULL'],
  ]) {
    await knex.raw(
      `CREATE INDEX resources_${index} ON resources (${columns}) WHERE ${condition}`,
    );
  }

  await knex.schema.createTable('resource_connections', table => {
    table.comment(
      'Which service uses which resource, under which name; until traffic has moved, what is deployed is there beside what serves',
    );
    table.uuid('deployment_id').notNullable();
    table.text('service').notNullable();
    table.text('environment').notNullable();
    table.text('alias').notNullable();
    table
      .uuid('resource_id')
      .notNullable()
      .references('resources.id')
      .onDelete('CASCADE')
      .index();
    table.primary(['deployment_id', 'alias']);
    table.index(['service', 'environment']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('resource_connections');
  await knex.schema.dropTable('resources');
};
