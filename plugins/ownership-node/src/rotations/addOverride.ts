import { ConflictError, NotFoundError } from '@backstage/errors';
import type { RotationOverride } from '@slipway/plugin-ownership-common';
import {
  type Document,
  isMap,
  isNode,
  isSeq,
  parseAllDocuments,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** Where text goes into a file, and what it replaces there. */
interface Edit {
  from: number;
  until: number;
  text: string;
}

/**
 * The text of a file with one more override for a rotation. Everything else stays as it is written: comments, blank lines and the
 * way of indenting.
 *
 * @param name - of the rotation; the file may hold several
 * @throws NotFoundError - where the file has no rotation of that name
 * @throws ConflictError - where the file can't be read, or `overrides` is something else than a list
 */
export function addOverride(
  text: string,
  name: string,
  override: RotationOverride,
): string {
  const documents: Document[] = [...parseAllDocuments(text)];
  const document = documents.find(
    one => one.errors.length === 0 && one.getIn(['metadata', 'name']) === name,
  );
  const spec = document?.get('spec');
  if (!isMap(spec)) {
    throw new NotFoundError(
      `The file has no rotation "${name}" that can be read.`,
    );
  }
  const edit = editOf(text, spec, override);
  return `${text.slice(0, edit.from)}${edit.text}${text.slice(edit.until)}`;
}

function editOf(text: string, spec: YAMLMap, override: RotationOverride): Edit {
  const overrides = spec.get('overrides', true) as unknown;
  if (isSeq(overrides) && overrides.items.length > 0) {
    return overrides.flow
      ? inFlow(overrides, override)
      : inBlock(text, overrides, override);
  }
  const isEmpty =
    overrides === undefined ||
    isSeq(overrides) ||
    (isNode(overrides) && overrides.toJSON() === null);
  if (!isEmpty || spec.flow) {
    throw new ConflictError(
      'The overrides of the rotation are no list on lines of their own. Write them as one.',
    );
  }
  const indent = columnOf(text, startOf(spec.items[0]?.key));
  const list = asLines(override, `${indent}  `);
  if (overrides === undefined) {
    const at = endOfLine(text, spec);
    return { from: at, until: at, text: `\n${indent}overrides:\n${list}` };
  }
  const [from, until] = overrides.range ?? [0, 0];
  const isWritten = until > from;
  return isWritten
    ? { from: backOverSpaces(text, from), until, text: `\n${list}` }
    : { from, until, text: `\n${list}` };
}

function inBlock(
  text: string,
  overrides: YAMLSeq,
  override: RotationOverride,
): Edit {
  const at = endOfLine(text, overrides);
  const indent = columnOf(text, startOf(overrides));
  return { from: at, until: at, text: `\n${asLines(override, indent)}` };
}

function inFlow(overrides: YAMLSeq, override: RotationOverride): Edit {
  const last = overrides.items.at(-1);
  const at = (isNode(last) ? last.range?.[1] : undefined) ?? 0;
  const entry = stringify(override, {
    collectionStyle: 'flow',
    lineWidth: 0,
  }).trim();
  return { from: at, until: at, text: `, ${entry}` };
}

/** The override as an entry of a list, without the last line break. */
function asLines(override: RotationOverride, indent: string): string {
  return stringify([override], { lineWidth: 0 })
    .trimEnd()
    .split('\n')
    .map(line => `${indent}${line}`)
    .join('\n');
}

/** The end of the last line that belongs to a node, with the comment behind it. */
function endOfLine(text: string, node: YAMLMap | YAMLSeq): number {
  const written = text.slice(0, node.range?.[1] ?? text.length).trimEnd();
  const end = text.indexOf('\n', written.length);
  return end === -1 ? text.trimEnd().length : end;
}

function columnOf(text: string, at: number): string {
  return ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
}

function backOverSpaces(text: string, at: number): number {
  return text.slice(0, at).trimEnd().length;
}

function startOf(node: unknown): number {
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}
