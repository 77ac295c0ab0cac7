import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import { didYouMean } from '@slipway/plugin-platform-node';
import { type Located, problemAt } from './Located';
import { keysOf } from './matching';
import type { Documents } from './readDocuments';

/** What doesn't go together among documents that are right by themselves. */
export function checkTogether({
  environments,
  definitions,
  freezes,
  problems,
}: Documents): DefinitionProblem[] {
  const names = environments.map(({ value }) => value.name);
  const found = [
    ...repeated(
      environments,
      ['metadata', 'name'],
      ({ name }) => `environment "${name}"`,
      'Each environment has a name of its own.',
    ),
    ...repeated(
      environments,
      ['spec', 'order'],
      ({ order }) => `environment with order ${order}`,
      'Each environment has a place of its own in the order of promotion.',
    ),
    ...repeated(
      definitions,
      ['metadata', 'name'],
      ({ name }) => `definition "${name}"`,
      'Each definition has a name of its own.',
    ),
    ...repeated(
      definitions,
      ['spec', 'match'],
      definition =>
        `definition that matches ${keysOf(definition)
          .toReversed()
          .map(key => `${key} ${definition.match[key]}`)
          .join(', ')}`,
      'Neither would be more specific: add a key to one of them, or remove it.',
    ),
    ...repeated(
      freezes,
      ['metadata', 'name'],
      ({ name }) => `freeze window "${name}"`,
      'Each window has a name of its own.',
    ),
  ];
  // An environment that can't be read is there all the same.
  if (problems.length === 0) {
    for (const definition of definitions) {
      const { environment } = definition.value.match;
      if (environment !== undefined && !names.includes(environment)) {
        found.push(
          problemAt(
            definition,
            ['spec', 'match', 'environment'],
            noSuch(environment),
          ),
        );
      }
    }
    for (const freeze of freezes) {
      freeze.value.environments.forEach((environment, index) => {
        if (!names.includes(environment)) {
          found.push(
            problemAt(
              freeze,
              ['spec', 'environments', index],
              noSuch(environment),
            ),
          );
        }
      });
    }
  }
  return found;

  function noSuch(environment: string): string {
    return `There is no environment "${environment}".${didYouMean(environment, names)} There are: ${names.join(', ')}.`;
  }
}

/** A problem for each that is the same as one before it. */
function repeated<T>(
  located: readonly Located<T>[],
  path: readonly string[],
  describe: (value: T) => string,
  hint: string,
): DefinitionProblem[] {
  const seen = new Map<string, Located<T>>();
  const problems: DefinitionProblem[] = [];
  for (const each of located) {
    const what = describe(each.value);
    const first = seen.get(what);
    if (first) {
      problems.push(
        problemAt(
          each,
          path,
          `There is another ${what}, at ${first.file}:${first.lineOf(path)}. ${hint}`,
        ),
      );
    } else {
      seen.set(what, each);
    }
  }
  return problems;
}
