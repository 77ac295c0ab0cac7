import pg from 'pg';

/**
 * Creates the database that stands for the world outside of the platform. Whatever is written to it is told at once to whoever
 * listens on `world`.
 *
 * @param {import('pg').ClientConfig} server - a connection that may create databases
 * @param {import('pg').ClientConfig} world
 */
export async function createWorld(server, world) {
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${world.database}`);
  await admin.end();
  const client = new pg.Client(world);
  await client.connect();
  await client.query(`
    CREATE TABLE executions (
      id uuid PRIMARY KEY,
      run_id text NOT NULL,
      step_id text NOT NULL,
      attempt integer NOT NULL,
      phase text NOT NULL,
      resumed boolean NOT NULL,
      backend text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE INDEX ON executions (run_id);
    CREATE TABLE things (
      name text PRIMARY KEY,
      run_id text NOT NULL,
      step_id text NOT NULL,
      key text,
      made_by uuid,
      state text NOT NULL
    );
    CREATE INDEX ON things (run_id);
    CREATE TABLE requests (
      name text NOT NULL,
      key text NOT NULL,
      execution_id uuid NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE INDEX ON requests (name);
    CREATE TABLE callbacks (
      run_id text NOT NULL,
      step_id text NOT NULL,
      url text NOT NULL,
      PRIMARY KEY (run_id, step_id, url)
    );
    CREATE TABLE made (
      id text PRIMARY KEY,
      size text NOT NULL,
      valid text[] NOT NULL,
      suspended boolean NOT NULL
    );
    CREATE TABLE acts (
      act text NOT NULL,
      backend text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('world', json_build_object('table', TG_TABLE_NAME, 'row', NEW)::text);
        RETURN NULL;
      END $$;
    CREATE TRIGGER tell AFTER INSERT ON executions FOR EACH ROW EXECUTE FUNCTION tell();
    CREATE TRIGGER tell AFTER INSERT ON callbacks FOR EACH ROW EXECUTE FUNCTION tell();
    CREATE TRIGGER tell AFTER INSERT ON acts FOR EACH ROW EXECUTE FUNCTION tell();
  `);
  await client.end();
}
