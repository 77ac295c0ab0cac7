/** Words of an entity, without what separates them in names and references. The store searches the same expression. */
const WORDS = `to_tsvector('simple', translate(name || ' ' || coalesce(title, '') || ' ' || coalesce(split_part(owner, '/', 2), ''), '-_./:', '     '))`;

/** @param {import('knex').Knex} knex */
exports.up = async knex => {
  await knex.schema.createTable('entities', table => {
    table.comment('What the catalog has, or had, and who owns it');
    table.text('entity_ref').primary();
    table.text('kind').notNullable();
    table.text('name').notNullable();
    table.text('title');
    table.text('description');
    table.text('type');
    table.text('lifecycle');
    table.text('system_ref');
    table.text('owner').comment('A group reference');
    table.jsonb('ownership').notNullable().comment('See `Ownership`');
    table
      .jsonb('annotations')
      .notNullable()
      .comment('Those that lead to pages about on-call');
    table
      .specificType('looked_at', 'text[]')
      .notNullable()
      .comment('References that decided about the owner and the roles');
    table.text('hash').notNullable().comment('Of everything above');
    table.timestamp('read_at').notNullable();
    table.timestamp('changed_at').notNullable();
    table.timestamp('gone_at');
  });
  await knex.raw(
    `CREATE INDEX entities_words ON entities USING gin (${WORDS}) WHERE gone_at IS NULL`,
  );
  await knex.raw(
    'CREATE INDEX entities_looked_at ON entities USING gin (looked_at) WHERE gone_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX entities_listed ON entities (name, entity_ref) WHERE gone_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX entities_owned ON entities (owner, name, entity_ref) WHERE gone_at IS NULL',
  );
  await knex.raw(
    'CREATE INDEX entities_kind ON entities (kind, name, entity_ref) WHERE gone_at IS NULL',
  );

  await knex.schema.createTable('entity_changes', table => {
    table.comment('What happened to entities; kept when they are gone');
    table.bigIncrements('id');
    table.text('entity_ref').notNullable();
    table.timestamp('at').notNullable();
    table.text('actor').notNullable();
    table.text('action').notNullable();
    table.jsonb('changes').notNullable().comment('See `FieldHistory`');
    table.index(['entity_ref', 'id']);
  });

  await knex.schema.createTable('dependencies', table => {
    table.comment('Who needs what: one would not work without the other');
    table.text('dependent_ref').notNullable();
    table.text('dependency_ref').notNullable();
    table.text('origin').notNullable().comment('declared, provisioned or seen');
    table.text('stated_by').notNullable().comment('The entity that says so');
    table.primary(['dependency_ref', 'dependent_ref', 'origin', 'stated_by']);
    table.index(['stated_by']);
    table.index(['dependent_ref']);
  });

  await knex.schema.createTable('teams', table => {
    table.comment('The groups of the catalog');
    table.text('group_ref').primary();
    table.text('title').notNullable();
    table.text('description');
    table.text('type');
    table.text('parent_ref').index();
    table.jsonb('annotations').notNullable();
  });
  await knex.schema.createTable('people', table => {
    table.comment('The people of the catalog');
    table.text('user_ref').primary();
    table.text('title').notNullable();
    table.text('email');
    table.timestamp('last_active_at');
  });
  await knex.schema.createTable('members', table => {
    table.text('group_ref').notNullable();
    table.text('user_ref').notNullable().index();
    table.primary(['group_ref', 'user_ref']);
  });

  await knex.schema.createTable('findings', table => {
    table.comment('Work items: what is wrong with how something is owned');
    table.uuid('id').primary();
    table.text('key').notNullable();
    table.text('entity_ref').notNullable().index();
    table.text('kind').notNullable();
    table.text('severity').notNullable();
    table
      .integer('rank')
      .notNullable()
      .comment('Of the severity: 0 is the gravest');
    table.text('owner');
    table.jsonb('evidence').notNullable();
    table.jsonb('suggestion');
    table.text('state').notNullable().comment('open, snoozed or closed');
    table.text('assignee');
    table.timestamp('snoozed_until');
    table.text('snooze_reason');
    table.text('snoozed_by');
    table.timestamp('opened_at').notNullable();
    table.timestamp('closed_at');
    table.text('closed_because');
    table.index(['state', 'rank', 'opened_at', 'id']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX findings_key_open ON findings (key) WHERE state <> 'closed'`,
  );
  await knex.raw(
    `CREATE INDEX findings_kind_open ON findings (kind, entity_ref) WHERE state <> 'closed'`,
  );
  await knex.raw(
    `CREATE INDEX findings_owner_open ON findings (owner, rank, opened_at) WHERE state <> 'closed'`,
  );

  await knex.schema.createTable('coverage_days', table => {
    table.comment('How much was owned on a day, when it was counted last');
    table.text('day').primary();
    table.jsonb('counts').notNullable().comment('See `CoverageCounts`');
  });

  await knex.schema.createTable('transfers', table => {
    table.comment('What goes from its owners to another team');
    table.uuid('id').primary();
    table.text('state').notNullable();
    table.text('to').notNullable();
    table.text('reason').notNullable();
    table.text('offered_by').notNullable();
    table.timestamp('offered_at').notNullable();
    table.text('decided_by');
    table.timestamp('decided_at');
    table.text('decision_reason');
    table.text('run_id');
    table.text('problem');
    table.timestamp('moved_at');
    table.jsonb('touched').notNullable().defaultTo('[]');
    table.index(['offered_at', 'id']);
    table.index(['to', 'offered_at']);
  });
  await knex.schema.createTable('transfer_entities', table => {
    table
      .uuid('transfer_id')
      .notNullable()
      .references('transfers.id')
      .onDelete('CASCADE');
    table.text('entity_ref').notNullable().index();
    table.text('from_owner').index().comment('When it was offered');
    table.boolean('under_way').notNullable().defaultTo(true);
    table.primary(['transfer_id', 'entity_ref']);
  });
  // One transfer of an entity at a time.
  await knex.raw(
    'CREATE UNIQUE INDEX transfer_entities_once ON transfer_entities (entity_ref) WHERE under_way',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async knex => {
  for (const table of [
    'transfer_entities',
    'transfers',
    'coverage_days',
    'findings',
    'members',
    'people',
    'teams',
    'dependencies',
    'entity_changes',
    'entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
