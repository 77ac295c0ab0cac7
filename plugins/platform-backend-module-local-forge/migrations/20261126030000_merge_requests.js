/**
 * Merge requests with what is said of them, what pipelines say of commits, and whether a default branch takes merges only.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .boolean('protected')
      .notNullable()
      .defaultTo(false)
      .comment('Whether the default branch takes merges only');
  });

  await knex.schema.createTable('commit_statuses', table => {
    table.comment('What the newest pipeline of a commit has come to');
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.text('sha').notNullable();
    table.text('state').notNullable();
    table.text('url').notNullable();
    table.timestamp('updated_at', { useTz: true }).notNullable();
    table.primary(['repository_id', 'sha']);
  });

  await knex.schema.createTable('merge_requests', table => {
    table.comment('Requests to bring a branch into the default branch');
    table.uuid('id').primary();
    table
      .uuid('repository_id')
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.integer('number').notNullable().comment('In its repository, from 1');
    table.text('title').notNullable();
    table.text('description').notNullable();
    table.text('state').notNullable();
    table.text('source_branch').notNullable();
    table.text('author').notNullable().comment('Entity reference');
    table
      .text('head_sha')
      .notNullable()
      .comment('The newest commit of the branch as it was seen last');
    table
      .text('base_sha')
      .notNullable()
      .comment('Where the branch leaves the default branch');
    table.text('merge_sha');
    table
      .text('ended_by')
      .comment('Entity reference; null where it was done by hand');
    table.timestamp('created_at', { useTz: true }).notNullable();
    table.timestamp('updated_at', { useTz: true }).notNullable();
    table.timestamp('ended_at', { useTz: true });
    table.unique(['repository_id', 'number']);
    table.index(['state', 'updated_at']);
    table.check("state in ('open', 'merged', 'closed')");
  });
  await knex.raw(
    `CREATE UNIQUE INDEX merge_requests_one_open ON merge_requests (repository_id, source_branch) WHERE state = 'open'`,
  );

  await knex.schema.createTable('merge_request_comments', table => {
    table.uuid('id').primary();
    table
      .uuid('merge_request_id')
      .notNullable()
      .index()
      .references('id')
      .inTable('merge_requests')
      .onDelete('CASCADE');
    table.text('author').notNullable();
    table.text('text').notNullable();
    table.text('path').comment('The file it is about; null: all of it');
    table.integer('line').comment('As the branch has it');
    table.text('sha').notNullable();
    table.timestamp('created_at', { useTz: true }).notNullable();
  });

  await knex.schema.createTable('merge_request_reviews', table => {
    table.comment('The newest of each person counts');
    table.uuid('id').primary();
    table
      .uuid('merge_request_id')
      .notNullable()
      .index()
      .references('id')
      .inTable('merge_requests')
      .onDelete('CASCADE');
    table.text('author').notNullable();
    table.text('verdict').notNullable();
    table.text('comment');
    table.text('sha').notNullable().comment('The head that was looked at');
    table.timestamp('created_at', { useTz: true }).notNullable();
  });
};

/**
 * @param { import('knex').Knex } knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('merge_request_reviews');
  await knex.schema.dropTable('merge_request_comments');
  await knex.schema.dropTable('merge_requests');
  await knex.schema.dropTable('commit_statuses');
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('protected');
  });
};
