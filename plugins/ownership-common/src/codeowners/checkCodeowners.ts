import { matcherOf, partsOf } from './matchesPattern';
import type { Codeowners, CodeownersProblem, CodeownersRule } from './types';

/** Stands for any name: no pattern but a wildcard matches it. */
const ANY = '\u0001';

/**
 * What contradicts itself in a file, beside the lines that can't be read: the same pattern twice with different owners, a
 * pattern that never decides as a later one matches everything that it does, and owners that aren't known.
 *
 * @param isKnown - whether an owner as written, `@org/team`, is a team or a person
 */
export function checkCodeowners(
  { rules, problems }: Codeowners,
  isKnown: (owner: string) => boolean,
): CodeownersProblem[] {
  const found = [...problems];
  for (const name of new Set(rules.map(({ section }) => section))) {
    found.push(
      ...contradictionsIn(rules.filter(({ section }) => section === name)),
    );
  }
  const written = new Set<string>();
  for (const { owners, ownersLine: line } of rules) {
    for (const owner of owners) {
      const isNew = !written.has(`${line} ${owner}`);
      written.add(`${line} ${owner}`);
      if (isNew && !isKnown(owner)) {
        found.push({
          line,
          message: `There is no team or person ${owner} in the catalog. Name one that org/ has.`,
        });
      }
    }
  }
  return found.sort((a, b) => a.line - b.line);
}

function contradictionsIn(rules: readonly CodeownersRule[]) {
  const found: CodeownersProblem[] = [];
  const byLiteral = new Map<string | undefined, number[]>();
  const matchers = rules.map(({ pattern }, place) => {
    const literal = literalOf(pattern);
    byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), place]);
    return matcherOf(pattern);
  });
  for (const [index, rule] of rules.entries()) {
    const samples = samplesOf(rule.pattern);
    // Only these can match: a pattern's literal stands in all that it matches.
    const later = [undefined, ...new Set(samples[0])]
      .flatMap(part => byLiteral.get(part) ?? [])
      .filter(place => place > index)
      .sort((a, b) => a - b)
      .map(place => ({ rule: rules[place], matches: matchers[place] }));
    const twin = later.find(one => one.rule.pattern === rule.pattern)?.rule;
    const winner = later.find(({ matches }) => samples.every(matches))?.rule;
    if (twin && ownersIn(twin) !== ownersIn(rule)) {
      found.push({
        line: rule.line,
        message: `${rule.pattern} has other owners on line ${twin.line}: ${ownersIn(rule)} here, ${ownersIn(twin)} there. The later line counts; remove one of them.`,
      });
    } else if (winner) {
      found.push({
        line: rule.line,
        message: `This line never counts: line ${winner.line}, ${winner.pattern}, matches everything that ${rule.pattern} does and comes later. Move it below line ${winner.line}, or remove it.`,
      });
    }
  }
  return found;
}

/** The last part of a pattern that has no wildcard. */
function literalOf(pattern: string): string | undefined {
  return partsOf(pattern).findLast(part => !/[*?]/.test(part));
}

/** Files that stand for all that a pattern matches, in parts: a later pattern that matches each of them matches all of it. */
function samplesOf(pattern: string): string[][] {
  return partsOf(pattern)
    .reduce<string[][]>(
      (paths, part) =>
        part === '**'
          ? paths.flatMap(path => [path, [...path, ANY, ANY]]).slice(0, 64)
          : paths.map(path => [...path, part.replaceAll(/[*?]/g, ANY)]),
      [[]],
    )
    .filter(path => path.length > 0);
}

function ownersIn({ owners }: CodeownersRule): string {
  return owners.toSorted().join(' ') || 'nobody';
}
