import pg from 'pg';

/**
 * Writes every change of state of runs, steps and waits to a history beside them, in the transaction that changes it, and tells it on
 * the channel `faults` with the name of the backend that made it.
 */
const history = `
  CREATE SCHEMA IF NOT EXISTS faults;
  CREATE TABLE IF NOT EXISTS faults.history (
    id bigserial PRIMARY KEY,
    subject text NOT NULL,
    run_id text NOT NULL,
    kind text,
    item text NOT NULL,
    before text,
    after text NOT NULL,
    attempt integer,
    output jsonb,
    backend text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  CREATE INDEX IF NOT EXISTS history_run ON faults.history (run_id);

  CREATE OR REPLACE FUNCTION faults.record() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      before_state text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END;
      entry faults.history;
    BEGIN
      IF before_state IS NOT DISTINCT FROM NEW.state AND NOT (
        TG_TABLE_NAME = 'run_steps' AND to_jsonb(OLD)->'attempt' IS DISTINCT FROM to_jsonb(NEW)->'attempt'
      ) THEN
        RETURN NULL;
      END IF;
      INSERT INTO faults.history (subject, run_id, kind, item, before, after, attempt, output, backend)
      VALUES (
        TG_TABLE_NAME,
        CASE TG_TABLE_NAME WHEN 'runs' THEN to_jsonb(NEW)->>'id' ELSE to_jsonb(NEW)->>'run_id' END,
        CASE TG_TABLE_NAME WHEN 'runs' THEN to_jsonb(NEW)->>'kind'
          ELSE (SELECT kind FROM runs WHERE id = (to_jsonb(NEW)->>'run_id')::uuid) END,
        CASE TG_TABLE_NAME WHEN 'runs' THEN '' WHEN 'run_waits' THEN to_jsonb(NEW)->>'id' ELSE to_jsonb(NEW)->>'step_id' END,
        before_state,
        NEW.state,
        (to_jsonb(NEW)->>'attempt')::integer,
        CASE WHEN TG_TABLE_NAME = 'run_steps' AND NEW.state = 'succeeded' THEN to_jsonb(NEW)->'output' END,
        current_setting('application_name')
      ) RETURNING * INTO entry;
      PERFORM pg_notify('faults', (to_jsonb(entry) - 'output')::text);
      RETURN NULL;
    END $$;
`;

/** What the history is written of. */
const TABLES = ['runs', 'run_steps', 'run_waits'];

/**
 * Installs the history in the platform's database.
 *
 * @param {import('pg').ClientConfig} connection
 */
export async function installHistory(connection) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(history);
    for (const table of TABLES) {
      await client.query(
        `CREATE OR REPLACE TRIGGER faults_record AFTER INSERT OR UPDATE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION faults.record()`,
      );
    }
  } finally {
    await client.end();
  }
}

/**
 * Listens on a channel until the returned client is ended.
 *
 * @param {import('pg').ClientConfig} connection
 * @param {string} channel
 * @param {(message: any) => void} onMessage
 */
export async function listen(connection, channel, onMessage) {
  const client = new pg.Client({ ...connection, application_name: 'faults' });
  client.on('notification', ({ payload }) => onMessage(JSON.parse(payload)));
  await client.connect();
  await client.query(`LISTEN ${channel}`);
  return client;
}
