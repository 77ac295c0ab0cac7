/** @param {import('knex').Knex} knex */
exports.up = async knex => {
  await knex.schema.alterTable('dependencies', table => {
    table.timestamp('seen_at').comment('Of calls: when one was seen last');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async knex => {
  await knex.schema.alterTable('dependencies', table => {
    table.dropColumn('seen_at');
  });
};
