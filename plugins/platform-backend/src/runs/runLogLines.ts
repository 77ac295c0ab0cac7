import type { RunLogLine } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** See `RunStore.appendLog`. The run's counter gives the lines their order, whoever adds them. */
export async function appendLogLines(
  knex: Knex,
  runId: string,
  lines: Array<{ stepId: string; at: Date; text: string }>,
  limit: number,
): Promise<void> {
  await knex.transaction(async trx => {
    const [row] = await trx('runs')
      .where({ id: runId })
      .update({ log_lines: trx.raw('log_lines + ?', [lines.length]) })
      .returning<Array<{ log_lines: number }>>('log_lines');
    const before = (row?.log_lines ?? 0) - lines.length;
    const room = lines.slice(0, Math.max(0, limit - before));
    if (room.length > 0) {
      await trx('run_log_lines').insert(
        room.map((line, index) => ({
          run_id: runId,
          sequence: before + index + 1,
          step_id: line.stepId,
          at: line.at,
          text: line.text,
        })),
      );
    }
  });
}

/** See `RunStore.readLog`. */
export async function readLogLines(
  knex: Knex,
  runId: string,
  after: number,
  limit: number,
): Promise<RunLogLine[]> {
  const rows = await knex('run_log_lines')
    .where({ run_id: runId })
    .andWhere('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit);
  return rows.map(row => ({
    sequence: row.sequence,
    stepId: row.step_id,
    at: row.at.toISOString(),
    text: row.text,
  }));
}
