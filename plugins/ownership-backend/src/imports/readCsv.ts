import type { Readable } from 'node:stream';
import { InputError } from '@backstage/errors';
import { CsvError, type Info, parse } from 'csv-parse';
import { type Draft, type DraftFields, draftOf } from './drafts';

/** The columns there may be, and what each is. */
const COLUMNS: Record<string, keyof DraftFields> = {
  name: 'name',
  kind: 'kind',
  type: 'type',
  owner: 'owner',
  system: 'system',
  lifecycle: 'lifecycle',
  description: 'description',
  repository: 'repository',
  tags: 'tags',
  tier: 'tier',
  depends_on: 'dependsOn',
};

const MEGABYTE = 1024 * 1024;
/** The largest file, in bytes. */
const LARGEST = 200 * MEGABYTE;

/**
 * The rows of a file of comma-separated values, whose first line names the columns. What can't be read of a row is said of that row. Throws
 * `InputError` where the first line won't do.
 */
export async function* readCsv(text: Readable): AsyncGenerator<Draft> {
  const errors: CsvError[] = [];
  let last = 1;
  const parser = parse({
    bom: true,
    columns: columnsOf,
    info: true,
    // A quote within a text is a quote, and spoils no other row.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error: CsvError) => errors.push(error));
  text.on('error', error => parser.destroy(error));
  let bytes = 0;
  text.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LARGEST) {
      parser.destroy(
        new InputError(
          `The file has more than ${LARGEST / MEGABYTE} MB. Split it.`,
        ),
      );
    }
  });
  text.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<Row>) {
      last = Math.max(last, info.lines);
      yield draftOf(info.lines, trimmed(record));
    }
  } catch (error) {
    throw error instanceof CsvError
      ? new InputError(`The file can't be read: ${error.message}.`)
      : error;
  }
  yield* errors.map(error => unreadable(error, last));
}

interface Row {
  record: DraftFields & Record<string, string>;
  info: Info;
}

function columnsOf(header: string[]): string[] {
  const names = header.map(name => name.trim().toLowerCase());
  const problem = problemOf(names);
  if (problem) {
    throw new InputError(
      `The first line has to name the columns: name, and any of ${Object.keys(COLUMNS).slice(1).join(', ')}, once each. ${problem}`,
    );
  }
  return names.map(name => COLUMNS[name]);
}

function problemOf(names: string[]): string | undefined {
  const strange = names.filter(name => !Object.hasOwn(COLUMNS, name));
  if (strange.length > 0) {
    return `Not known: ${strange.map(name => `"${name}"`).join(', ')}.`;
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return `"${twice}" is there twice.`;
  }
  return names.includes('name') ? undefined : 'There is no name.';
}

function trimmed(record: Row['record']): Row['record'] {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, value.trim()]),
  ) as Row['record'];
}

/** @param last - the last line that could be read */
function unreadable({ code, lines, message }: CsvError, last: number): Draft {
  const explain = () => {
    switch (code) {
      case 'CSV_RECORD_INCONSISTENT_COLUMNS':
        return 'It has more or fewer columns than the first line.';
      case 'CSV_QUOTE_NOT_CLOSED':
        return `A quote is opened after line ${last} and never closed, so nothing from there on is read. Close it, and import the file again.`;
      default:
        return `It can't be read: ${message}.`;
    }
  };
  return { line: Number(lines), problems: [explain()], gaps: [] };
}
