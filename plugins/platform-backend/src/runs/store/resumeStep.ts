import type { Knex } from 'knex';
import type { WaitRow } from './rows';

/** Does nothing where the step isn't waiting yet: it will find its wait ended when it is. */
export async function resumeStep(
  trx: Knex.Transaction,
  wait: WaitRow,
): Promise<void> {
  await trx('run_steps')
    .where({ run_id: wait.run_id, step_id: wait.step_id, state: 'waiting' })
    .update({
      // Pending, so that what follows for the run starts it like any other step.
      state: 'pending',
      waits_for: null,
      resumed_by: wait.id,
    });
}
