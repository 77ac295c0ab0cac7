import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Remembers which definitions gitlab-ci-local found to be as GitLab's schema wants them. It takes a quarter of a
 * second to find out, and most pushes don't change the definition.
 */
export class CheckedDefinitions {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = path.join(directory, 'checked-definitions');
  }

  async has(definition: string): Promise<boolean> {
    return stat(this.#file(definition)).then(
      () => true,
      () => false,
    );
  }

  async add(definition: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    await writeFile(this.#file(definition), '');
  }

  #file(definition: string): string {
    const name = createHash('sha256').update(definition).digest('hex');
    return path.join(this.#directory, name);
  }
}
