import type { RunLogLine } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';
import { ValueRedactor } from '../redaction/ValueRedactor';
import type { Redactor, RunSecrets } from './RunSecrets';
import { now } from './store/lockRun';
import type { RunRow } from './store/rows';

const NO_SECRETS = new ValueRedactor([]);

/** The most lines a run's log keeps, across attempts and backends. */
export const MAX_LOG_LINES = 20_000;

/** A line as it will be stored. */
export interface NewLogLine {
  stepId: string;
  at: Date;
  text: string;
}

/**
 * Stores lines of a run; the run's counter gives them their order, whichever backend adds them, and counts those that are too many.
 * `lines` is called under the lock of the run, so that secrets registered on any backend before it are known; `stepId` is the step
 * that is told that the log is cut.
 *
 * @returns how many lines the run has logged so far; `undefined` where the run is gone
 */
export async function appendLogLines(
  knex: Knex,
  runId: string,
  secrets: RunSecrets,
  lines: (redactor: Redactor) => {
    kept: NewLogLine[];
    leftOut: number;
    stepId: string;
  },
): Promise<number | undefined> {
  return knex.transaction(async trx => {
    const run = await trx('runs')
      .where({ id: runId })
      .forUpdate()
      .first<(Pick<RunRow, 'has_secrets'> & { log_lines: number }) | undefined>(
        'log_lines',
        'has_secrets',
      );
    if (!run) {
      return undefined;
    }
    const { kept, leftOut, stepId } = lines(
      run.has_secrets ? await secrets.redactor(runId, trx) : NO_SECRETS,
    );
    const before = run.log_lines;
    const total = before + kept.length + leftOut;
    if (total === before) {
      return total;
    }
    await trx('runs').where({ id: runId }).update({ log_lines: total });
    const room = kept.slice(0, Math.max(0, MAX_LOG_LINES - before));
    if (room.length > 0) {
      await insertLines(trx, runId, before + 1, room);
    }
    if (total > MAX_LOG_LINES && before <= MAX_LOG_LINES) {
      const text = `This log is cut here: it keeps ${MAX_LOG_LINES} lines.`;
      await insertLines(trx, runId, MAX_LOG_LINES + 1, [
        { stepId, at: new Date(), text },
      ]);
    }
    return total;
  });
}

/** Says at the end of a cut log how many lines were left out. */
export async function sayHowManyWereLeftOut(
  knex: Knex,
  runId: string,
  stepId: string,
): Promise<void> {
  await knex('run_log_lines')
    .insert(
      knex('runs')
        .where({ id: runId })
        .andWhere('log_lines', '>', MAX_LOG_LINES)
        .select(
          'id',
          knex.raw('?::int', [MAX_LOG_LINES + 2]),
          knex.raw('?::text', [stepId]),
          now(knex),
          knex.raw(`(log_lines - ?) || ' lines were left out.'`, [
            MAX_LOG_LINES,
          ]),
        ),
    )
    .onConflict(['run_id', 'sequence'])
    .merge(['text', 'at']);
}

/** Lines of a run after a sequence, in order. */
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

async function insertLines(
  trx: Knex.Transaction,
  runId: string,
  first: number,
  lines: NewLogLine[],
): Promise<void> {
  await trx('run_log_lines').insert(
    lines.map((line, index) => ({
      run_id: runId,
      sequence: first + index,
      step_id: line.stepId,
      at: line.at,
      // PostgreSQL's text has no place for a NUL character.
      text: line.text.replaceAll('\0', '\uFFFD'),
    })),
  );
}
