import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { formatUserName, parseUserName } from '../users/userName';

const HEADER = [
  '# Passwords that were generated. Hand each to its owner, who changes it under Settings; its line then disappears.',
  '# This file can be deleted at any time: the portal itself needs only hashes, which it keeps elsewhere.',
];

/**
 * The file that generated passwords are handed over in. It is replaced as a whole, so that at any moment the disk
 * holds the old file or the new one, and nobody but its owner can read it.
 */
export class PasswordFile {
  readonly #path: string;
  #work: Promise<unknown> = Promise.resolve();

  constructor(filePath: string) {
    this.#path = path.resolve(filePath);
  }

  /** Passwords by the user's entity reference; none where there is no file. */
  async read(): Promise<Map<string, string>> {
    const passwords = new Map<string, string>();
    for (const line of (await this.#readText()).split('\n')) {
      const [userName, password] = line.trim().split(/\s+/);
      const userRef = userName?.startsWith('#')
        ? undefined
        : parseUserName(userName ?? '');
      if (userRef && password) {
        passwords.set(userRef, password);
      }
    }
    return passwords;
  }

  /** Adds passwords; resolves when they are safely on disk. */
  async add(passwords: Map<string, string>): Promise<void> {
    await this.#change(current => new Map([...current, ...passwords]));
  }

  /** Takes out the passwords of users. */
  async remove(userRefs: string[]): Promise<void> {
    await this.#change(current => {
      const kept = new Map(current);
      userRefs.forEach(userRef => kept.delete(userRef));
      return kept;
    });
  }

  async #change(
    change: (current: Map<string, string>) => Map<string, string>,
  ): Promise<void> {
    const work = this.#work.then(async () => {
      const current = await this.read();
      const next = change(current);
      if (next.size !== current.size) {
        await this.#replace(next);
      }
    });
    this.#work = work.catch(() => undefined);
    await work;
  }

  async #replace(passwords: Map<string, string>): Promise<void> {
    const lines = [...passwords].map(
      ([userRef, password]) =>
        `${formatUserName(userRef).padEnd(16)} ${password}`,
    );
    const directory = path.dirname(this.#path);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const temporary = `${this.#path}.${randomUUID()}`;
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(`${[...HEADER, ...lines].join('\n')}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
    } finally {
      await rm(temporary, { force: true });
    }
    const handle = await open(directory, 'r');
    await handle.sync().finally(() => handle.close());
  }

  async #readText(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return '';
      }
      throw error;
    }
  }
}
