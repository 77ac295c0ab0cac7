import type { YamlDocument } from './YamlDocument';
import type { z, ZodType } from 'zod';
import { didYouMean, nearest } from './nearest';
import { type ObjectSchema, objectSchemaOf } from './objectSchemaOf';

/** Something wrong with a field of a document, and what would be right. */
export interface FieldProblem {
  path: PropertyKey[];
  message: string;
}

/** Says everything that a schema objects to in a document; a field that was only misspelt isn't also called missing. */
export function describeIssues(
  document: YamlDocument,
  schema: ZodType,
  issues: readonly z.core.$ZodIssue[],
): FieldProblem[] {
  const meant = new Set<string>();
  const problems: FieldProblem[] = [];
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      const known = fieldsAt(schema, issue.path);
      for (const key of issue.keys) {
        meant.add([...issue.path, nearest(key, known)].join('.'));
        problems.push({
          path: [...issue.path, key],
          message: explainUnknown(issue.path.join('.'), key, known),
        });
      }
    }
  }
  for (const issue of issues) {
    const isMisspelt =
      document.isMissing(issue) && meant.has(issue.path.join('.'));
    if (issue.code !== 'unrecognized_keys' && !isMisspelt) {
      problems.push({ path: issue.path, message: document.describe(issue) });
    }
  }
  return problems;
}

/** Says that a field isn't known, and which are. */
export function explainUnknown(
  within: string,
  key: string,
  known: string[],
): string {
  const hint =
    didYouMean(key, known) || ` It may have: ${known.join(', ') || 'nothing'}.`;
  return `${within || 'The document'} has no field "${key}".${hint}`;
}

/** The names of the fields that a schema knows at a path. */
function fieldsAt(schema: ZodType, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<ObjectSchema | undefined>(
    (current, key) => current?.properties?.[String(key)],
    objectSchemaOf(schema),
  );
  return Object.keys(found?.properties ?? {});
}
