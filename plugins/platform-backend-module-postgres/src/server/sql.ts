import { escapeIdentifier, escapeLiteral } from 'pg';

/** The name of a role, a database, a schema or an extension. */
export class Name {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** SQL in which every value is quoted: made by {@link sql} only. */
export class Statement {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Name | Statement | string | number | boolean | readonly Name[];

/** The name of something in a statement. */
export function name(text: string): Name {
  return new Name(text);
}

/**
 * A statement for what takes no parameters: PostgreSQL binds no values in `CREATE` and `ALTER`. Names become quoted identifiers, texts quoted
 * literals, so that nothing that is put in can be more than a value.
 */
export function sql(
  texts: TemplateStringsArray,
  ...values: Value[]
): Statement {
  return new Statement(
    texts.reduce((sum, text, index) => sum + quoted(values[index - 1]) + text),
  );
}

function quoted(value: Value): string {
  if (value instanceof Name) {
    return escapeIdentifier(value.text);
  }
  if (value instanceof Statement) {
    return value.text;
  }
  if (typeof value === 'string') {
    return escapeLiteral(value);
  }
  return typeof value === 'object'
    ? value.map(quoted).join(', ')
    : String(value);
}
