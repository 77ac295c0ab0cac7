import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { OperationFailedError } from '../context';
import { scoreSchema } from './scoreSchema';
import type { ScoreWorkload } from './types';

const REFERENCE = 'See https://docs.score.dev for what a score.yaml may hold.';

/**
 * Reads and validates a `score.yaml` against Score v1b1.
 * Throws `OperationFailedError` that names the field, what is wrong with it, its line, and what would be right.
 */
export function parseScore(text: string): ScoreWorkload {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const [problem] = broken.message.split(' at line');
    throw new OperationFailedError({
      message: `score.yaml, line ${lines.linePos(broken.pos[0]).line}: ${problem}.`,
      hint: 'Mend the YAML, and push again.',
    });
  }
  const result = scoreSchema.safeParse(document.toJS() ?? {});
  if (result.success) {
    return result.data;
  }
  // A misspelt field is also a missing one; its name is what helps.
  const { issues } = result.error;
  const issue =
    issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const at = lineOf(issue.path.map(String));
  throw new OperationFailedError({
    message: `score.yaml, line ${at}: ${describe(issue)}`,
    hint: REFERENCE,
  });

  /** The line of a field, or of the nearest field above it that exists. */
  function lineOf(path: string[]): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) {
        return lines.linePos(node.range[0]).line;
      }
    }
    return 1;
  }
}

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${field || 'the file'} has ${issue.keys.map(key => `"${key}"`).join(', ')}, which Score v1b1 does not know. Remove it, or correct its name.`;
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return `${field} is missing. It must be ${article(issue.expected)}.`;
  }
  if (issue.code === 'invalid_type') {
    return `${field} must be ${article(issue.expected)}.`;
  }
  return `${field} is not valid. ${issue.message}`;
}

function article(type: string): string {
  const name = { record: 'mapping', object: 'mapping', array: 'list' }[type];
  return `a ${name ?? type}`;
}
