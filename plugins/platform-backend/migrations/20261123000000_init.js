/**
 * Runs with their steps and logs, pipelines with their jobs, releases and deployments.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('runs', table => {
    table.comment('Durable operations: one row each, from planned to ended');
    table.uuid('id').primary();
    table.text('kind').notNullable();
    table.integer('kind_version').notNullable();
    table.text('title').notNullable();
    table.text('target').notNullable();
    table.text('state').notNullable();
    table.integer('priority').notNullable().defaultTo(0);
    table.text('requested_by').notNullable();
    table.text('owner').notNullable();
    table.text('service');
    table.text('environment');
    table.jsonb('input').notNullable();
    table.jsonb('output');
    table.jsonb('failure');
    table
      .text('idempotency_key')
      .unique()
      .comment('Starting twice under one key starts one run');
    table.integer('log_lines').notNullable().defaultTo(0);
    table
      .boolean('end_handled')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the kind was told that the run has ended');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('started_at');
    table.timestamp('ended_at');
    table.index(['target', 'state']);
    table.index(['service', 'created_at']);
    table.index(['created_at', 'id']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX runs_one_active_per_target ON runs (target)
     WHERE state IN ('running', 'waiting', 'cancelling', 'undoing')`,
  );
  await knex.raw(
    `CREATE INDEX runs_end_unhandled ON runs (ended_at) WHERE ended_at IS NOT NULL AND NOT end_handled`,
  );

  await knex.schema.createTable('run_steps', table => {
    table.comment('Checkpointed parts of a run');
    table
      .uuid('run_id')
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.text('step_id').notNullable();
    table.integer('position').notNullable();
    table.text('title').notNullable();
    table.jsonb('depends_on').notNullable();
    table.text('state').notNullable();
    table.integer('attempt').notNullable().defaultTo(0);
    table
      .integer('tries')
      .notNullable()
      .defaultTo(0)
      .comment(
        'Attempts that failed by themselves since the run was last started or retried',
      );
    table.timestamp('not_before').comment('Earliest start of a queued step');
    table.uuid('lease_token').comment('Fencing token of the attempt under way');
    table.uuid('lease_owner').comment('The engine that holds the lease');
    table.timestamp('lease_until');
    table.jsonb('output');
    table.jsonb('failure');
    table.timestamp('started_at');
    table.timestamp('ended_at');
    table.primary(['run_id', 'step_id']);
  });
  await knex.raw(
    `CREATE INDEX run_steps_unfinished ON run_steps (state, lease_until, not_before) WHERE state IN ('queued', 'running')`,
  );

  await knex.schema.createTable('run_log_lines', table => {
    table
      .uuid('run_id')
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.text('step_id').notNullable();
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.text('text').notNullable();
    table.primary(['run_id', 'sequence']);
  });

  await knex.schema.createTable('services', table => {
    table.comment('Services the platform has seen a push for');
    table.text('name').primary();
    table.text('owner').notNullable();
    table.text('description').notNullable();
    table.text('repository').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.schema.createTable('pipelines', table => {
    table.uuid('id').primary();
    table.text('push_id').notNullable().unique();
    table
      .uuid('run_id')
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.text('service').notNullable();
    table.text('repository').notNullable();
    table.text('branch').notNullable();
    table.boolean('on_default_branch').notNullable();
    table.text('sha').notNullable();
    table.jsonb('commit').notNullable();
    table.text('state').notNullable();
    table.text('artifact_digest');
    table.bigInteger('artifact_size');
    table.jsonb('failure');
    table.text('requested_by').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('started_at');
    table.timestamp('ended_at');
    table.index(['service', 'created_at']);
    table.index('run_id');
  });
  await knex.schema.createTable('pipeline_jobs', table => {
    table
      .uuid('pipeline_id')
      .notNullable()
      .references('pipelines.id')
      .onDelete('CASCADE');
    table.text('name').notNullable();
    table.text('stage').notNullable();
    table.integer('position').notNullable();
    table.text('state').notNullable();
    table.timestamp('started_at');
    table.timestamp('ended_at');
    table.integer('exit_code');
    table.primary(['pipeline_id', 'name']);
  });
  await knex.schema.createTable('pipeline_job_lines', table => {
    table
      .uuid('pipeline_id')
      .notNullable()
      .references('pipelines.id')
      .onDelete('CASCADE');
    table.text('job').notNullable();
    table.integer('sequence').notNullable();
    table.text('text').notNullable();
    table.primary(['pipeline_id', 'job', 'sequence']);
  });

  await knex.schema.createTable('releases', table => {
    table.uuid('id').primary();
    table.text('service').notNullable();
    table.integer('number').notNullable();
    table.uuid('pipeline_id').notNullable().unique().references('pipelines.id');
    table.text('sha').notNullable();
    table.jsonb('commit').notNullable();
    table.text('artifact_digest').notNullable();
    table.text('score').notNullable().comment('The score.yaml of the commit');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.unique(['service', 'number']);
  });
  await knex.schema.createTable('deployments', table => {
    table.uuid('id').primary();
    table
      .uuid('run_id')
      .notNullable()
      .unique()
      .references('runs.id')
      .onDelete('CASCADE');
    table.text('service').notNullable();
    table.text('environment').notNullable();
    table.uuid('release_id').notNullable().references('releases.id');
    table.text('state').notNullable();
    table.text('url');
    table.jsonb('failure');
    table.text('requested_by').notNullable();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('ended_at');
    table.index(['service', 'environment', 'created_at']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX deployments_one_serving ON deployments (service, environment) WHERE state = 'serving'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'deployments',
    'releases',
    'pipeline_job_lines',
    'pipeline_jobs',
    'pipelines',
    'services',
    'run_log_lines',
    'run_steps',
    'runs',
  ]) {
    await knex.schema.dropTable(table);
  }
};
