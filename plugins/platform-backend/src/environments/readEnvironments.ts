import type {
  DefinitionProblem,
  Environment,
  FreezeWindow,
  ResourceDefinition,
} from '@slipway/plugin-platform-common';
import type { ResourceProvider } from '@slipway/plugin-platform-node';
import { checkAgainstProviders } from './checkAgainstProviders';
import { checkTogether } from './checkTogether';
import type { SourceFile } from './Located';
import { readDocuments } from './readDocuments';

/** What files say; it counts where there are no problems. */
export interface EnvironmentsReading {
  /** In the order of promotion. */
  environments: Environment[];
  definitions: ResourceDefinition[];
  freezes: FreezeWindow[];
  /** In the order of files and lines. */
  problems: DefinitionProblem[];
}

/**
 * Reads and checks all that files say together.
 *
 * @param providers - those that are installed; left out, definitions aren't held against them
 */
export function readEnvironments(
  files: readonly SourceFile[],
  providers?: readonly ResourceProvider[],
): EnvironmentsReading {
  const documents = readDocuments(files);
  const { environments, definitions, freezes } = documents;
  const problems = [...documents.problems, ...checkTogether(documents)];
  if (problems.length === 0 && environments.length === 0) {
    problems.push({
      file: files[0]?.name ?? '*.yaml',
      line: 1,
      message:
        'There is no environment. Add a document of kind Environment; docs/guides/environments-and-definitions.md shows one.',
    });
  }
  if (providers) {
    problems.push(...checkAgainstProviders(definitions, providers));
  }
  return {
    environments: environments
      .map(({ value }) => value)
      .sort((a, b) => a.order - b.order)
      .map(({ order, ...environment }) => environment),
    definitions: definitions.map(({ value }) => value),
    freezes: freezes.map(({ value }) => value),
    problems: problems.sort(
      (a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line,
    ),
  };
}

/** Problems as people and editors read them, a line each. */
export function listProblems(problems: readonly DefinitionProblem[]): string {
  return problems
    .map(({ file, line, message }) => `${file}:${line}: ${message}`)
    .join('\n');
}
