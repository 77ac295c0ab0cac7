import type { DefinitionProblem } from '@slipway/plugin-platform-common';

/** A text of the environments. */
export interface SourceFile {
  /** Its path relative to the folder of the environments, with slashes. */
  name: string;
  text: string;
}

/** Something that was read from a file, and where each of its fields stands there. */
export interface Located<T> {
  value: T;
  file: string;
  /** The line of a field of the document, or of the nearest one above it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** A problem where a field stands. */
export function problemAt(
  { file, lineOf }: Pick<Located<unknown>, 'file' | 'lineOf'>,
  path: readonly PropertyKey[],
  message: string,
): DefinitionProblem {
  return { file, line: lineOf(path), message };
}
