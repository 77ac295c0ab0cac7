const LEADING_TIME =
  /^\[?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2}))\]?/;
const TIME_FIELDS = ['time', 'timestamp', '@timestamp', 'ts'];
/** Numbers above this are milliseconds since 1970, below it seconds: the year 5138 in the one, 1973 in the other. */
const SECONDS_LIMIT = 100_000_000_000;

/**
 * The time that a log line carries, as ISO 8601: the field `time`, `timestamp`, `@timestamp` or `ts` of a JSON
 * line, or an ISO 8601 time with its zone at the line's beginning.
 */
export function readLineTime(text: string): string | undefined {
  const value = text.startsWith('{')
    ? readTimeField(text)
    : LEADING_TIME.exec(text)?.[1].replace(',', '.');
  if (value === undefined) {
    return undefined;
  }
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function readTimeField(text: string): string | number | undefined {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const value = TIME_FIELDS.map(name => line[name]).find(
    candidate => candidate !== undefined,
  );
  if (typeof value === 'number') {
    return value > SECONDS_LIMIT ? value : value * 1000;
  }
  return typeof value === 'string' ? value : undefined;
}
