/** @param {import('knex').Knex} knex */
exports.up = async knex => {
  await knex.schema.alterTable('entity_changes', table => {
    table
      .text('source_key')
      .unique()
      .comment('Of what others told: what it is about');
    table.dropIndex(['entity_ref', 'id']);
    table.index(['entity_ref', 'at', 'id']);
  });
  await knex.raw(
    'CREATE INDEX entity_changes_sourced ON entity_changes (at DESC) WHERE source_key IS NOT NULL',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async knex => {
  await knex.raw('DROP INDEX entity_changes_sourced');
  await knex.schema.alterTable('entity_changes', table => {
    table.dropIndex(['entity_ref', 'at', 'id']);
    table.index(['entity_ref', 'id']);
    table.dropColumn('source_key');
  });
};
