/** @param {import('knex').Knex} knex */
exports.up = async knex => {
  await knex.schema.createTable('imports', table => {
    table.comment('Services that existed before and join the catalog');
    table.uuid('id').primary();
    table.text('name').notNullable();
    table.text('source').notNullable().comment('csv or folder');
    table
      .text('state')
      .notNullable()
      .comment('receiving, checked, applying, done or removed');
    table.jsonb('counts').notNullable().comment('See `ImportCounts`');
    table.text('created_by').notNullable();
    table.timestamp('created_at').notNullable();
    table.text('applied_by');
    table.timestamp('ended_at');
    table.index(['created_at', 'id']);
  });
  await knex.schema.createTable('import_rows', table => {
    table
      .uuid('import_id')
      .notNullable()
      .references('imports.id')
      .onDelete('CASCADE');
    table.integer('line').notNullable();
    table.text('entity_ref');
    table.text('owner');
    table.text('outcome').notNullable().comment('new, changed, same or error');
    table.jsonb('entity');
    table.text('hash').comment('Of the entity');
    table.specificType('problems', 'text[]').notNullable();
    table.specificType('gaps', 'text[]').notNullable();
    table.boolean('written').notNullable().defaultTo(false);
    table.primary(['import_id', 'line']);
  });
  await knex.raw(
    `CREATE INDEX import_rows_unwritten ON import_rows (import_id, line) WHERE NOT written AND outcome IN ('new', 'changed')`,
  );
  await knex.schema.createTable('imported_entities', table => {
    table.comment('What imports made, as the catalog is to have it');
    table.text('entity_ref').primary();
    table.jsonb('entity').notNullable();
    table.text('hash').notNullable();
    table
      .uuid('made_by')
      .notNullable()
      .comment('The import that it came with')
      .index();
    table.boolean('removed').notNullable().defaultTo(false);
    table.integer('version').notNullable().defaultTo(1);
    table
      .integer('provided_version')
      .notNullable()
      .defaultTo(0)
      .comment('What the catalog has');
  });
  await knex.raw(
    'CREATE INDEX imported_entities_pending ON imported_entities (entity_ref) WHERE version > provided_version',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async knex => {
  await knex.schema.dropTable('imported_entities');
  await knex.schema.dropTable('import_rows');
  await knex.schema.dropTable('imports');
};
