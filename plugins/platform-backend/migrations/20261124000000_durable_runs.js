/**
 * Approvals and other waits, undo, decisions, secrets and the wait ledger of runs.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('runs', table => {
    table
      .text('phase')
      .notNullable()
      .defaultTo('do')
      .comment('Whether the run is about doing its steps or undoing them');
    table
      .boolean('holds_target')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the run is the one that acts on its target');
    table.text('golden_path').comment('Template it came from');
    table.jsonb('changes').notNullable().defaultTo('[]');
    table
      .timestamp('checked_at')
      .comment('When the rules last let the run act; empty: ask before acting');
    table
      .boolean('has_secrets')
      .notNullable()
      .defaultTo(false)
      .comment('Whether there is anything to redact');
    table.text('given_up_by');
    table.timestamp('given_up_at');
    table.text('activity').notNullable().defaultTo('none');
    table.timestamp('activity_since').notNullable().defaultTo(knex.fn.now());
    for (const activity of ['people', 'queue', 'machines', 'work']) {
      table.bigInteger(`${activity}_ms`).notNullable().defaultTo(0);
    }
    table.index(['ended_at']);
    table.index(['state', 'created_at', 'id']);
    table.index(['owner', 'created_at', 'id']);
    table.index(['requested_by', 'created_at', 'id']);
  });
  await knex('runs')
    .whereIn('state', ['running', 'cancelling'])
    .update({ holds_target: true });
  await knex.raw('DROP INDEX runs_one_active_per_target');
  await knex.raw(
    'CREATE UNIQUE INDEX runs_one_per_target ON runs (target) WHERE holds_target',
  );

  await knex.schema.alterTable('run_steps', table => {
    table.text('undoes').comment('The step that this one takes back');
    table.jsonb('remains').comment('What it may have left behind');
    table.text('waits_for').comment('Whose time a waiting step costs');
    table
      .uuid('resumed_by')
      .comment('The wait whose end the next attempt is told of');
  });

  await knex.schema.createTable('run_waits', table => {
    table.comment('What a run, or a step of it, waits for');
    table.uuid('id').primary();
    table
      .uuid('run_id')
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.text('step_id').comment('Empty where the whole run waits');
    table.text('name').notNullable();
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.text('waits_for').notNullable();
    table.text('reason').notNullable();
    table.text('event_key');
    table.timestamp('due_at');
    table.text('asked_by').comment('Who asks for approval, and never gives it');
    table.specificType('approvers', 'text[]');
    table.text('approvers_text');
    table.integer('quorum');
    table.jsonb('payload');
    table
      .boolean('announced')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the approvers were told');
    table
      .boolean('end_announced')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the one who asks was told how it ended');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('ended_at');
    table.index(['run_id', 'created_at']);
    table.index(['kind', 'state', 'created_at', 'id']);
  });
  await knex.raw(
    `ALTER TABLE run_waits ADD CONSTRAINT run_waits_approval_terms
     CHECK (kind <> 'approval' OR (asked_by IS NOT NULL AND approvers IS NOT NULL AND approvers_text IS NOT NULL AND quorum > 0))`,
  );
  await knex.raw(
    `CREATE INDEX run_waits_open_key ON run_waits (event_key) WHERE state = 'open'`,
  );
  await knex.raw(
    `CREATE INDEX run_waits_key ON run_waits (event_key) WHERE event_key IS NOT NULL`,
  );
  await knex.raw(
    `CREATE INDEX run_waits_open_due ON run_waits (due_at) WHERE state = 'open'`,
  );
  await knex.raw(
    `CREATE INDEX run_waits_open_approvers ON run_waits USING gin (approvers) WHERE state = 'open'`,
  );
  await knex.raw(
    `CREATE INDEX run_waits_unannounced ON run_waits (created_at)
     WHERE kind = 'approval' AND (NOT announced OR (state <> 'open' AND NOT end_announced))`,
  );
  await knex.raw(
    `CREATE INDEX run_waits_ended_approvals ON run_waits (created_at, id) WHERE kind = 'approval' AND state <> 'open'`,
  );
  await knex.raw(
    `CREATE UNIQUE INDEX run_waits_one_callback ON run_waits (run_id, step_id, name) WHERE kind = 'callback'`,
  );

  await knex.schema.createTable('run_votes', table => {
    table.comment('Who decided what on an approval');
    table
      .uuid('wait_id')
      .notNullable()
      .references('run_waits.id')
      .onDelete('CASCADE');
    table.text('person').notNullable();
    table.text('verdict').notNullable();
    table.text('comment');
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.primary(['wait_id', 'person']);
  });

  await knex.schema.createTable('run_events', table => {
    table.comment('Events that happened, for waits that come later');
    table.text('key').primary();
    table.jsonb('payload');
    table.timestamp('at').notNullable().defaultTo(knex.fn.now()).index();
  });

  await knex.schema.createTable('run_decisions', table => {
    table.comment('What the rules said about runs');
    table.bigIncrements('id');
    table
      .uuid('run_id')
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.text('stage').notNullable();
    table.text('effect').notNullable();
    table.jsonb('reasons').notNullable();
    table.timestamp('at').notNullable().defaultTo(knex.fn.now());
    table.index(['run_id', 'id']);
  });

  await knex.schema.createTable('run_secrets', table => {
    table.comment('Values to be removed from all that is said about a run');
    table.bigIncrements('id');
    table
      .uuid('run_id')
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.text('fingerprint').notNullable().comment('Keyed hash of the value');
    table.binary('ciphertext').notNullable();
    table.unique(['run_id', 'fingerprint']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'run_secrets',
    'run_decisions',
    'run_events',
    'run_votes',
    'run_waits',
  ]) {
    await knex.schema.dropTable(table);
  }
  // What only the newer version knows ends here, so that the older one can go on with the rest.
  await knex('runs')
    .whereIn('state', ['waiting', 'planned'])
    .update({ state: 'cancelled', ended_at: knex.fn.now() });
  await knex('runs')
    .whereIn('state', ['undoing', 'undone'])
    .orWhere({ phase: 'undo' })
    .update({ state: 'failed', ended_at: knex.fn.now() });
  await knex('run_steps').whereNotNull('undoes').delete();
  await knex('run_steps')
    .where({ state: 'waiting' })
    .update({ state: 'cancelled' });
  await knex.schema.alterTable('run_steps', table => {
    for (const column of ['undoes', 'remains', 'waits_for', 'resumed_by']) {
      table.dropColumn(column);
    }
  });
  await knex.raw('DROP INDEX runs_one_per_target');
  await knex.schema.alterTable('runs', table => {
    for (const column of [
      'phase',
      'holds_target',
      'golden_path',
      'changes',
      'checked_at',
      'has_secrets',
      'given_up_by',
      'given_up_at',
      'activity',
      'activity_since',
      'people_ms',
      'queue_ms',
      'machines_ms',
      'work_ms',
    ]) {
      table.dropColumn(column);
    }
    table.dropIndex(['ended_at']);
    table.dropIndex(['state', 'created_at', 'id']);
    table.dropIndex(['owner', 'created_at', 'id']);
    table.dropIndex(['requested_by', 'created_at', 'id']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX runs_one_active_per_target ON runs (target)
     WHERE state IN ('running', 'waiting', 'cancelling', 'undoing')`,
  );
};
