import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { type Document, isMap, isScalar, parseAllDocuments } from 'yaml';
import { isOf } from './withFields';

const DEFAULTS = {
  defaultKind: 'group',
  defaultNamespace: 'default',
};

/**
 * The text of an entity file in which an entity has another owner. Everything else stays as it is written.
 *
 * @param text - YAML, with one document for each entity
 * @param entityRef - of which entity
 * @param owner - a group reference
 * @throws InputError - where the file has no such entity, or can't be read
 */
export function withOwner(
  text: string,
  entityRef: string,
  owner: string,
): string {
  const documents: Document[] = [...parseAllDocuments(text)];
  const document = documents.find(one => isOf(one, entityRef));
  const spec: unknown = document?.get('spec');
  if (!isMap(spec)) {
    throw new InputError(
      `The file has no ${entityRef} that can be read. Mend it, and try again.`,
    );
  }
  const value: unknown = spec.get('owner', true);
  const written = writtenOwner(owner);
  if (isScalar(value) && value.range) {
    const [from, until] = value.range;
    return `${text.slice(0, from)}${written}${text.slice(until)}`;
  }
  const at = spec.range?.[0] ?? 0;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const indent = text.slice(lineStart, at);
  return `${text.slice(0, at)}owner: ${written}\n${indent}${text.slice(at)}`;
}

/** As short as people write it: `payments`. */
function writtenOwner(owner: string): string {
  const { kind, namespace, name } = parseEntityRef(owner, DEFAULTS);
  return kind === DEFAULTS.defaultKind &&
    namespace === DEFAULTS.defaultNamespace
    ? name
    : owner;
}
