/**
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('repositories', table => {
    table.comment('Git repositories; a repository exists when its row does');
    table.uuid('id').primary().comment('Never used again, unlike the name');
    table
      .text('name')
      .notNullable()
      .unique()
      .comment('Names the directory <name>.git, too');
    table.text('description').notNullable();
    table
      .text('owner')
      .notNullable()
      .comment('Entity reference of the team that may push');
    table
      .text('created_by')
      .notNullable()
      .comment('Entity reference of the person');
    table.timestamp('created_at', { useTz: true }).notNullable();
  });

  await knex.schema.createTable('delivered_branches', table => {
    table.comment('What the platform was told last about each branch');
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.text('branch').notNullable();
    table.text('sha').comment('Null once the branch was deleted');
    table
      .integer('sequence')
      .notNullable()
      .comment('Counts deliveries; part of the identity of the next one');
    table.timestamp('delivered_at', { useTz: true }).notNullable();
    table.primary(['repository_id', 'branch']);
  });

  await knex.schema.createTable('access_tokens', table => {
    table.comment('Personal access tokens for git');
    table.uuid('id').primary();
    table.text('name').notNullable();
    table
      .text('user_ref')
      .notNullable()
      .index()
      .comment('Entity reference of the person it stands for');
    table
      .text('secret_hash')
      .notNullable()
      .unique()
      .comment('SHA-256 of the secret, in hexadecimal');
    table.timestamp('created_at', { useTz: true }).notNullable();
    table.timestamp('last_used_at', { useTz: true });
    table.timestamp('expires_at', { useTz: true });
    table.timestamp('revoked_at', { useTz: true });
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('access_tokens');
  await knex.schema.dropTable('delivered_branches');
  await knex.schema.dropTable('repositories');
};
