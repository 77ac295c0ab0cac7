/** Whose rules a file follows: GitLab's has sections, default owners of them, and escaped spaces. */
export type CodeownersSyntax = 'github' | 'gitlab';

/** Something wrong with a line of the file. */
export interface CodeownersProblem {
  /** From 1. */
  line: number;
  /** What is wrong, and what would be right. */
  message: string;
}

/** A line that says who owns what. */
export interface CodeownersRule {
  pattern: string;
  /** As written: `@org/team`, `@person`, an email address. Empty where the line takes ownership away. */
  owners: string[];
  /** From 1. */
  line: number;
  /** Where its owners stand: its own line, or that of the section whose default owners it has. */
  ownersLine: number;
  /** The name of its section, in lower case: GitLab joins those of one name. Left out before the first one. */
  section?: string;
  /** Whether nobody has to approve in its section. */
  isOptional: boolean;
}

/** A `CODEOWNERS` file. */
export interface Codeowners {
  rules: CodeownersRule[];
  /** Lines that don't count. */
  problems: CodeownersProblem[];
}
