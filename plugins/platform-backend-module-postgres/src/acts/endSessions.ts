import { setTimeout as delay } from 'node:timers/promises';
import type { ServerSession } from '../server/ServerSession';

const POLL_MS = 100;
/** How long PostgreSQL waits for a session to be gone, in milliseconds. */
const GONE_MS = 5_000;

/** Whose sessions; what is left out counts all. */
export interface Whose {
  roles?: string[];
  database?: string;
}

/**
 * Ends sessions: idle ones at once, others when they become idle, or when the time is up.
 *
 * @param graceMs - how long what is under way may take, in milliseconds
 */
export async function endSessions(
  session: ServerSession,
  whose: Whose,
  { graceMs, signal }: { graceMs: number; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const patient = Date.now() < deadline;
    const left = await terminate(session, whose, patient);
    if (left === 0 || !patient) {
      return;
    }
    await delay(POLL_MS, undefined, { signal });
  }
}

/** Answers how many were left alone. */
async function terminate(
  session: ServerSession,
  { roles, database }: Whose,
  onlyIdle: boolean,
): Promise<number> {
  const [{ left }] = await session.read<{ left: number }>(
    `SELECT count(*) FILTER (WHERE NOT ended)::int AS left FROM (
       SELECT CASE WHEN $3 AND state IS DISTINCT FROM 'idle' THEN false ELSE pg_terminate_backend(pid, $4) END AS ended
       FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
         AND ($1::text[] IS NULL OR usename = ANY ($1)) AND ($2::text IS NULL OR datname = $2)
     ) AS sessions`,
    [roles, database, onlyIdle, GONE_MS],
  );
  return left;
}
