import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  parseDocument,
} from 'yaml';
import type { z } from 'zod';

/** A YAML document that knows on which line each of its fields stands. */
export class YamlDocument {
  readonly #document: Document;
  readonly #lines: LineCounter;
  /** Plain values; `undefined` where the document can't be read. */
  readonly value: unknown;
  /** What keeps it from being read, without a full stop. */
  readonly broken?: { line: number; message: string };

  private constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
    const [error] = document.errors;
    if (error) {
      const [message] = error.message.split(' at line');
      this.broken = { line: lines.linePos(error.pos[0]).line, message };
      return;
    }
    try {
      this.value = document.toJS() ?? undefined;
    } catch (error_) {
      // More aliases than a file of people has.
      this.broken = { line: this.line, message: String(error_) };
    }
  }

  /** A text that holds one document. */
  static parse(text: string): YamlDocument {
    const lines = new LineCounter();
    return new YamlDocument(parseDocument(text, { lineCounter: lines }), lines);
  }

  /** Every document of a text, without the empty ones. */
  static parseAll(text: string): YamlDocument[] {
    const lines = new LineCounter();
    return [...parseAllDocuments(text, { lineCounter: lines })]
      .map(document => new YamlDocument(document, lines))
      .filter(({ broken, value }) => broken || value !== undefined);
  }

  /** The line on which it begins, from 1. */
  get line(): number {
    return this.lineOf([]);
  }

  /** The line of a field, or of the nearest field above it that exists. */
  lineOf(path: readonly PropertyKey[]): number {
    let node: unknown = this.#document.contents;
    let offset = startOf(node);
    for (const key of path) {
      const found = childOf(node, String(key));
      if (!found) {
        return this.#lineAt(startOf(node) ?? offset);
      }
      offset = startOf(found.key) ?? offset;
      node = found.value;
    }
    return this.#lineAt(offset);
  }

  /** Says what a schema objects to. Where fields are unknown, the caller knows better what to say. */
  describe(issue: z.core.$ZodIssue): string {
    const field = issue.path.join('.') || 'the document';
    const isMissing = this.isMissing(issue);
    if (issue.code === 'invalid_type') {
      const must = `must be ${article(issue.expected)}.`;
      return `${field} ${isMissing ? `is missing. It ${must}` : must}`;
    }
    return `${field} is ${isMissing ? 'missing' : 'not valid'}. ${issue.message}`;
  }

  /** Whether the schema objects to a field because it isn't there. */
  isMissing(issue: z.core.$ZodIssue): boolean {
    return this.#at(issue.path) === undefined;
  }

  #at(path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? Reflect.get(value, key)
          : undefined,
      this.value,
    );
  }

  #lineAt(offset: number | undefined): number {
    return offset === undefined ? 1 : this.#lines.linePos(offset).line;
  }
}

function childOf(
  node: unknown,
  key: string,
): { key: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    return node.items.find(
      ({ key: name }) => String(isScalar(name) ? name.value : name) === key,
    );
  }
  const item = isSeq(node) ? node.items[Number(key)] : undefined;
  return item === undefined ? undefined : { key: item, value: item };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function article(type: string): string {
  const name = { record: 'mapping', object: 'mapping', array: 'list' }[type];
  return `a ${name ?? type}`;
}
