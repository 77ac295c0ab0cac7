import type { z } from 'zod';
import { OperationFailedError } from '../context';
import { YamlDocument } from '../yaml';
import { scoreSchema } from './scoreSchema';
import type { ScoreWorkload } from './types';

const REFERENCE = 'See https://docs.score.dev for what a score.yaml may hold.';

/**
 * Reads and validates a `score.yaml` against Score v1b1.
 * Throws `OperationFailedError` that names the field, what is wrong with it, its line, and what would be right.
 */
export function parseScore(text: string): ScoreWorkload {
  const document = YamlDocument.parse(text);
  if (document.broken) {
    const { line, message } = document.broken;
    throw new OperationFailedError({
      message: `score.yaml, line ${line}: ${message}.`,
      hint: 'Mend the YAML, and push again.',
    });
  }
  const result = scoreSchema.safeParse(document.value ?? {});
  if (result.success) {
    return result.data;
  }
  // A misspelt field is also a missing one; its name is what helps.
  const { issues } = result.error;
  const issue = issues.find(isUnknownField) ?? issues[0];
  const path = isUnknownField(issue)
    ? [...issue.path, issue.keys[0]]
    : issue.path;
  throw new OperationFailedError({
    message: `score.yaml, line ${document.lineOf(path)}: ${describe(issue, document)}`,
    hint: REFERENCE,
  });
}

function describe(issue: z.core.$ZodIssue, document: YamlDocument): string {
  if (isUnknownField(issue)) {
    const keys = issue.keys.map(key => `"${key}"`).join(', ');
    return `${issue.path.join('.') || 'the file'} has ${keys}, which Score v1b1 does not know. Remove it, or correct its name.`;
  }
  return document.describe(issue);
}

function isUnknownField(
  issue: z.core.$ZodIssue,
): issue is z.core.$ZodIssueUnrecognizedKeys {
  return issue.code === 'unrecognized_keys';
}
