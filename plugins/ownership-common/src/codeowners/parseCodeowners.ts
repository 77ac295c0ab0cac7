import type {
  Codeowners,
  CodeownersProblem,
  CodeownersRule,
  CodeownersSyntax,
} from './types';

/** Longer patterns than any repository has. */
const LONGEST_PATTERN = 500;
const OWNER = /^(@[\w.-]+(\/[\w.-]+)*|[^\s@]+@[^\s@]+\.[^\s@]+)$/;
/** `^[Name][2] @owners` */
const SECTION = /^(\^?)\[([^\]]+)\](?:\[(\d+)\])?(?:\s+(.*))?$/;

interface Section {
  name?: string;
  isOptional: boolean;
  owners: string[];
  line: number;
}

/**
 * Reads a `CODEOWNERS` file as GitHub or GitLab documents it. A line that can't be read doesn't count and is a problem; a pattern
 * that begins with `!` is one too, as not every forge has it.
 */
export function parseCodeowners(
  text: string,
  syntax: CodeownersSyntax,
): Codeowners {
  const rules: CodeownersRule[] = [];
  const problems: CodeownersProblem[] = [];
  let section: Section = { isOptional: false, owners: [], line: 0 };

  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    const header = syntax === 'gitlab' ? SECTION.exec(content) : undefined;
    if (header) {
      const [, optional, name, , owners = ''] = header;
      section = {
        name: name.trim().toLowerCase(),
        isOptional: optional === '^',
        owners: ownersIn(wordsOf(owners), line),
        line,
      };
    } else if (content) {
      const [pattern, ...words] = wordsOf(content);
      const wrong = explainPattern(pattern, syntax);
      if (wrong) {
        problems.push({ line, message: wrong });
      } else {
        const owners = ownersIn(words, line);
        const isInherited = words.length === 0 && section.owners.length > 0;
        rules.push({
          pattern: pattern.replaceAll(/\\(?=[ #])/g, ''),
          owners: isInherited ? section.owners : owners,
          line,
          ownersLine: isInherited ? section.line : line,
          ...(section.name !== undefined && { section: section.name }),
          isOptional: section.isOptional,
        });
      }
    }
  }
  return { rules, problems };

  function ownersIn(words: string[], line: number): string[] {
    return words.filter(word => {
      const isOwner = OWNER.test(word);
      if (!isOwner) {
        problems.push({
          line,
          message: `"${word}" is no owner. Use @org/team, @person or an email address.`,
        });
      }
      return isOwner;
    });
  }
}

/** Words are parted by spaces that aren't escaped. */
function wordsOf(content: string): string[] {
  return content.match(/(?:\\ |\S)+/g) ?? [];
}

function explainPattern(
  pattern: string,
  syntax: CodeownersSyntax,
): string | undefined {
  if (pattern.startsWith('!')) {
    return `A pattern can't begin with "!": ${pattern}. Give what is excluded its own line, after the one that includes it.`;
  }
  if (pattern.length > LONGEST_PATTERN) {
    return `The pattern has ${pattern.length} characters. Use at most ${LONGEST_PATTERN}.`;
  }
  if (syntax === 'github' && /[[\]]/.test(pattern)) {
    return `GitHub takes no "[" or "]" in a pattern, and has no sections: ${pattern}. Use * or ?, or a line for each.`;
  }
  return undefined;
}
