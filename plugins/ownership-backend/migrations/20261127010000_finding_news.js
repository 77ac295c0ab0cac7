/** @param {import('knex').Knex} knex */
exports.up = async knex => {
  await knex.schema.alterTable('findings', table => {
    table
      .boolean('told')
      .notNullable()
      .defaultTo(true)
      .comment('Whether its owner was told, where that is to be');
  });
  await knex.raw(
    'CREATE INDEX findings_untold ON findings (opened_at) WHERE NOT told',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async knex => {
  await knex.schema.alterTable('findings', table => {
    table.dropColumn('told');
  });
};
