import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';

/** The users that the platform team declared in files. */
export class UserDirectory {
  readonly #patterns: string[];

  /** @param patterns - paths or globs, relative to the working directory */
  constructor(patterns: string[]) {
    this.#patterns = patterns;
  }

  /**
   * The entity references of all declared users, sorted.
   * Throws `InputError` naming the file where one can't be read as catalog entities, and where no user is found at
   * all: a mistyped path must not look like a company that everyone has left.
   */
  async list(): Promise<string[]> {
    const userRefs = new Set<string>();
    for await (const file of glob(this.#patterns.map(toAbsolute))) {
      for (const userRef of readUsers(file, await readFile(file, 'utf8'))) {
        userRefs.add(userRef);
      }
    }
    if (userRefs.size === 0) {
      throw new InputError(
        `auth.providers.local.usersFrom names no file with a User entity: looked in ${this.#patterns
          .map(toAbsolute)
          .join(', ')}`,
      );
    }
    return [...userRefs].sort();
  }
}

function toAbsolute(pattern: string): string {
  return path.resolve(pattern);
}

function readUsers(file: string, text: string): string[] {
  const documents = parseAllDocuments(text);
  const [error] = documents.flatMap(document => document.errors);
  if (error) {
    throw new InputError(`${file} is not valid YAML: ${error.message}`);
  }
  return documents
    .map(document => document.toJS() as Entity | null)
    .filter(entity => entity?.kind === 'User')
    .map(entity => stringifyEntityRef(entity as Entity));
}
