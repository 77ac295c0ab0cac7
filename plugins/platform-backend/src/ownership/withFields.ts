import { isDeepStrictEqual } from 'node:util';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { type Document, parseAllDocuments } from 'yaml';
import type { FieldChange } from './entityChanges';

/** Lines stay as long as they are written. */
const STYLE = { lineWidth: 0 };

/**
 * The text of an entity file in which fields of an entity are otherwise; comments stay, and so do other entities.
 *
 * @param text - YAML, with one document for each entity
 * @throws InputError - where the file has no such entity, or can't be read
 */
export function withFields(
  text: string,
  entityRef: string,
  fields: readonly FieldChange[],
): string {
  const documents: Document[] = [...parseAllDocuments(text)];
  const document = documents.find(one => isOf(one, entityRef));
  if (!document || documents.some(({ errors }) => errors.length > 0)) {
    throw new InputError(
      `The file has no ${entityRef} that can be read. Mend it, and try again.`,
    );
  }
  const changed = fields.filter(
    ({ path, value }) => !isDeepStrictEqual(valueAt(document, path), value),
  );
  if (changed.length === 0) {
    return text;
  }
  changed.forEach(({ path, value }) => {
    if (value === undefined) {
      document.deleteIn(path);
    } else {
      document.setIn(path, document.createNode(value));
    }
  });
  return documents.map(one => one.toString(STYLE)).join('');
}

/** The entity of a document; see {@link withFields}. */
export function isOf(document: Document, entityRef: string): boolean {
  const { kind, name } = parseEntityRef(entityRef);
  return (
    document.errors.length === 0 &&
    String(document.get('kind')).toLocaleLowerCase('en-US') === kind &&
    document.getIn(['metadata', 'name']) === name
  );
}

function valueAt(document: Document, path: string[]): unknown {
  const value: unknown = document.getIn(path);
  return value !== null && typeof value === 'object' && 'toJSON' in value
    ? (value as { toJSON(): unknown }).toJSON()
    : value;
}
