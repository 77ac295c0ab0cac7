import type { Knex } from 'knex';
import type { AttemptEnd } from './endAttempt';
import { inMilliseconds } from './inMilliseconds';
import type { Claim, StepLease } from './RunChange';

/**
 * Ends a step and takes the one after it, in one statement: the short way for kinds whose steps follow each other one by one, where
 * nothing else can be going on in the run. `undefined` where the short way isn't open: the lease was lost, the run is being cancelled or
 * must be checked again, or it has secrets to redact. Nothing has changed then.
 *
 * PostgreSQL looks at the latest version of every row that it waited for, so a cancellation or takeover that came first is seen.
 */
export async function continueChain(
  knex: Knex,
  lease: StepLease,
  end: Extract<AttemptEnd, { state: 'succeeded' }>,
  nextStepId: string,
  claim: Claim,
): Promise<StepLease | undefined> {
  const { run } = lease;
  const { rows } = await knex.raw(
    `WITH run AS (
       SELECT id FROM runs
       WHERE id = :runId AND state = 'running' AND phase = 'do' AND activity = 'work'
       AND checked_at IS NOT NULL AND NOT has_secrets
       FOR UPDATE
     ), ended AS (
       UPDATE run_steps SET
         state = 'succeeded', output = :output, remains = COALESCE(:remains, remains), tries = 0,
         ended_at = clock_timestamp(), lease_token = NULL, lease_until = NULL
       FROM run
       WHERE run_id = run.id AND step_id = :stepId AND state = 'running' AND lease_token = :token
       RETURNING run_id
     )
     UPDATE run_steps SET
       state = 'running', attempt = attempt + 1, lease_token = gen_random_uuid(), lease_owner = :holder,
       lease_until = :leaseUntil, started_at = COALESCE(started_at, clock_timestamp()), ended_at = NULL, failure = NULL
     FROM ended
     WHERE run_steps.run_id = ended.run_id AND step_id = :nextStepId AND state = 'pending' AND resumed_by IS NULL
     RETURNING lease_token, attempt, tries`,
    {
      runId: run.id,
      stepId: lease.stepId,
      token: lease.token,
      output: JSON.stringify(end.output),
      remains: end.remains ? JSON.stringify(end.remains) : null,
      holder: claim.holder,
      leaseUntil: inMilliseconds(knex, claim.leaseMs),
      nextStepId,
    },
  );
  const [row] = rows as Array<{
    lease_token: string;
    attempt: number;
    tries: number;
  }>;
  return (
    row && {
      run: { ...run, checked_at: run.checked_at ?? new Date() },
      stepId: nextStepId,
      token: row.lease_token,
      attempt: row.attempt,
      tries: row.tries,
      outputs: { ...lease.outputs, [lease.stepId]: end.output },
    }
  );
}
