import { InputError } from '@backstage/errors';

/** What the page after an item is asked for with: the values that the list is sorted by. */
export function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Throws `InputError` where it isn't one that a list with as many values gave out. */
export function decodeCursor(cursor: string, length: number): string[] {
  const values = parse(Buffer.from(cursor, 'base64url').toString());
  if (
    !Array.isArray(values) ||
    values.length !== length ||
    !values.every(value => typeof value === 'string')
  ) {
    throw wrongCursor();
  }
  return values;
}

export function wrongCursor(): InputError {
  return new InputError(
    'cursor: It is not one this list gave out. Start again without a cursor.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
