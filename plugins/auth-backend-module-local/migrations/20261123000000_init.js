/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('local_credentials', table => {
    table.comment('Passwords of the people who sign in with one');
    table
      .text('user_ref')
      .primary()
      .comment('Entity reference of the user, in lower case');
    table.text('hash').notNullable().comment('argon2id, in PHC format');
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table
      .timestamp('changed_at')
      .comment('When the user chose a password of their own');
  });

  await knex.schema.createTable('local_sessions', table => {
    table.comment('Who is signed in, in which browser');
    table
      .text('id_hash')
      .primary()
      .comment('SHA-256 of the id that the cookie holds, in hexadecimal');
    table
      .text('user_ref')
      .notNullable()
      .references('user_ref')
      .inTable('local_credentials')
      .onDelete('CASCADE')
      .index();
    table.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('last_seen_at').notNullable().defaultTo(knex.fn.now());
    table.timestamp('expires_at').notNullable().index();
  });

  await knex.schema.createTable('local_attempts', table => {
    table.comment('Failed attempts to sign in; the shape is the limiter’s');
    table.string('key', 255).primary();
    table.integer('points').notNullable().defaultTo(0);
    table.bigInteger('expire').comment('Milliseconds since 1970');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('local_attempts');
  await knex.schema.dropTable('local_sessions');
  await knex.schema.dropTable('local_credentials');
};
