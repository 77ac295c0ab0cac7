import type { Knex } from 'knex';
import type { Redactor } from '../runs/RunSecrets';
import { LineRedactor } from './LineRedactor';

const BATCH = 2_000;

/** A column with text of people or machines, and how its rows belong to a run. */
interface Place {
  table: string;
  /** What tells a row from the others. */
  key: string[];
  text?: string[];
  json?: string[];
  of(query: Knex.QueryBuilder, runId: string): Knex.QueryBuilder;
}

const ofRun: Place['of'] = (query, runId) => query.where({ run_id: runId });

const PLACES: Place[] = [
  {
    table: 'runs',
    key: ['id'],
    json: ['output', 'failure'],
    of: (query, runId) => query.where({ id: runId }),
  },
  {
    table: 'run_steps',
    key: ['run_id', 'step_id'],
    json: ['output', 'failure', 'remains'],
    of: ofRun,
  },
  {
    table: 'run_waits',
    key: ['id'],
    text: ['reason', 'approvers_text'],
    json: ['payload'],
    of: ofRun,
  },
  {
    table: 'run_votes',
    key: ['wait_id', 'person'],
    text: ['comment'],
    of: (query, runId) =>
      query.whereIn('wait_id', waits => {
        waits.from('run_waits').where({ run_id: runId }).select('id');
      }),
  },
  { table: 'run_decisions', key: ['id'], json: ['reasons'], of: ofRun },
  {
    table: 'run_events',
    key: ['key'],
    json: ['payload'],
    of: (query, runId) =>
      query.whereIn('key', waits => {
        waits
          .from('run_waits')
          .where({ run_id: runId })
          .whereNotNull('event_key')
          .select('event_key');
      }),
  },
  { table: 'pipelines', key: ['id'], json: ['failure'], of: ofRun },
  { table: 'deployments', key: ['id'], json: ['failure'], of: ofRun },
];

/** Removes secrets from all that is stored about a run already. The run is locked. */
export async function scrubRun(
  trx: Knex.Transaction,
  runId: string,
  redactor: Redactor,
): Promise<void> {
  for (const place of PLACES) {
    await scrubPlace(trx, runId, place, redactor);
  }
  await scrubLines(trx, redactor, {
    table: 'run_log_lines',
    where: { run_id: runId },
    source: 'step_id',
  });
  const pipelines = await trx('pipelines').where({ run_id: runId }).pluck('id');
  for (const id of pipelines) {
    await scrubLines(trx, redactor, {
      table: 'pipeline_job_lines',
      where: { pipeline_id: id },
      source: 'job',
    });
  }
}

async function scrubPlace(
  trx: Knex.Transaction,
  runId: string,
  { table, key, text = [], json = [], of }: Place,
  redactor: Redactor,
): Promise<void> {
  const rows: Record<string, unknown>[] = await of(trx(table), runId).select(
    ...key,
    ...text,
    ...json,
  );
  for (const row of rows) {
    const changes: Record<string, unknown> = {};
    for (const column of [...text, ...json]) {
      const before = JSON.stringify(row[column]);
      const after = JSON.stringify(redactor.json(row[column]));
      if (after !== before) {
        changes[column] = text.includes(column) ? JSON.parse(after) : after;
      }
    }
    if (Object.keys(changes).length > 0) {
      await trx(table)
        .where(Object.fromEntries(key.map(name => [name, row[name]])))
        .update(changes);
    }
  }
}

/** Lines are read as each step or job wrote them, one after the other, since a secret may be split over several. */
async function scrubLines(
  trx: Knex.Transaction,
  redactor: Redactor,
  lines: { table: string; where: Record<string, string>; source: string },
): Promise<void> {
  const { table, where, source } = lines;
  const sources: string[] = await trx(table)
    .where(where)
    .distinct()
    .pluck(source);
  for (const name of sources) {
    const those = { ...where, [source]: name };
    const stream = new LineRedactor<{ sequence: number; text: string }>();
    let after = 0;
    let rows: Array<{ sequence: number; text: string }>;
    do {
      rows = await trx(table)
        .where(those)
        .andWhere('sequence', '>', after)
        .orderBy('sequence')
        .limit(BATCH)
        .select('sequence', 'text');
      const told = rows.flatMap(row => stream.push(redactor, row.text, row));
      if (rows.length < BATCH) {
        told.push(...stream.release(redactor));
      }
      for (const { text, about } of told) {
        if (text !== about.text) {
          await trx(table)
            .where({ ...those, sequence: about.sequence })
            .update({ text });
        }
      }
      after = rows[rows.length - 1]?.sequence ?? after;
    } while (rows.length === BATCH);
  }
}
