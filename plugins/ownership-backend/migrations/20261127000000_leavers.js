/** @param {import('knex').Knex} knex */
exports.up = async knex => {
  await knex.schema.createTable('leavers', table => {
    table.comment('Who is not in the catalog any more, and what that changed');
    table.uuid('id').primary();
    table.text('user_ref').notNullable();
    table.text('title').notNullable();
    table
      .specificType('teams', 'text[]')
      .notNullable()
      .comment('Group references, of the teams they were in');
    table
      .text('state')
      .notNullable()
      .comment('noticed, held, done or returned');
    table.timestamp('left_at').notNullable();
    table.timestamp('ended_at');
    table.text('confirmed_by').comment('Who said that they left');
    table
      .jsonb('touched')
      .notNullable()
      .defaultTo('[]')
      .comment('What was taken back, as sentences');
    table.index(['left_at', 'id']);
  });
  await knex.raw(
    `CREATE UNIQUE INDEX leavers_open ON leavers (user_ref) WHERE state IN ('noticed', 'held')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async knex => {
  await knex.schema.dropTable('leavers');
};
