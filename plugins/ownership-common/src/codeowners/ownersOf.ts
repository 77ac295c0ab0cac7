import { matchesPattern } from './matchesPattern';
import type { Codeowners, CodeownersRule } from './types';

/** A name that no rule was written for, so that a folder's default owner is found. */
const ANY_FILE = '\u0001';

/**
 * The rules that decide on a file, one a section: the last that matches it.
 *
 * @param file - its path from the root: `src/index.ts`
 */
export function rulesFor(
  { rules }: Codeowners,
  file: string,
): CodeownersRule[] {
  const bySection = new Map<string | undefined, CodeownersRule>();
  for (const rule of rules) {
    if (matchesPattern(rule.pattern, file)) {
      bySection.set(rule.section, rule);
    }
  }
  return [...bySection.values()];
}

/**
 * The rule for what is in a folder and has no rule of its own; of several sections, the first that nobody may skip and that has
 * owners. `undefined` where none is.
 *
 * @param folder - its path from the root, `services/payments`; the repository itself where left out
 */
export function defaultRuleFor(
  codeowners: Codeowners,
  folder = '',
): CodeownersRule | undefined {
  const path = folder.replaceAll(/^\/+|\/+$/g, '');
  const found = rulesFor(codeowners, path ? `${path}/${ANY_FILE}` : ANY_FILE);
  const owned = found.filter(({ owners }) => owners.length > 0);
  return owned.find(({ isOptional }) => !isOptional) ?? owned[0];
}
