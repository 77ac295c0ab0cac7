import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';

/** Where the `pre-receive` hook writes, relative to the repository's directory. */
export const JOURNAL_DIRECTORY = 'pushes';

/** What somebody set out to push. */
export interface JournalEntry {
  file: string;
  writtenAt: number;
  pushedBy: string;
  /** The commit each ref was to point to. */
  refs: Map<string, string>;
}

/** The longest a push can be under way after its entry was written. */
const SETTLED_AFTER_MS = 60 * 60 * 1000;

const BRANCHES = 'refs/heads/';

/**
 * Who pushed what to one repository. The `pre-receive` hook writes an entry before any ref changes, so that
 * a crash at any later point leaves it; an entry therefore says what was intended, and only the refs
 * say what happened.
 */
export class PushJournal {
  readonly #directory: string;

  constructor(repositoryDirectory: string) {
    this.#directory = path.join(repositoryDirectory, JOURNAL_DIRECTORY);
  }

  /** Writes down what somebody sets out to do to a branch through the portal, as the hook does for a push. */
  async write(
    pushId: string,
    pushedBy: string,
    { ref, from, to }: { ref: string; from: string; to: string },
  ): Promise<void> {
    const file = path.join(this.#directory, pushId);
    await mkdir(this.#directory, { recursive: true });
    await writeFile(`${file}.new`, `${pushedBy}\n${from} ${to} ${ref}\n`);
    await rename(`${file}.new`, file);
  }

  /** Every complete entry, newest first. */
  async read(): Promise<JournalEntry[]> {
    const names = await this.#names();
    const entries = await Promise.all(
      names
        .filter(name => !name.endsWith('.new'))
        .map(name => readEntry(path.join(this.#directory, name))),
    );
    return entries
      .flatMap(entry => entry ?? [])
      .sort((one, other) => other.writtenAt - one.writtenAt);
  }

  /**
   * Removes the entries that nothing will ask for again: those whose every branch is as they intended and
   * was delivered, and those too old to belong to a push under way, which was refused or overtaken.
   */
  async clear(
    entries: JournalEntry[],
    delivered: ReadonlyMap<string, string>,
  ): Promise<void> {
    const now = Date.now();
    for (const entry of entries) {
      const isDelivered = [...entry.refs].every(([ref, sha]) =>
        isSettled(ref, sha, delivered),
      );
      if (isDelivered || now - entry.writtenAt > SETTLED_AFTER_MS) {
        await rm(entry.file, { force: true });
      }
    }
  }

  /** Removes the entry of a push that has ended and been looked at. */
  async forget(pushId: string): Promise<void> {
    for (const name of [pushId, `${pushId}.new`]) {
      await rm(path.join(this.#directory, name), { force: true });
    }
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#directory);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return [];
      }
      throw error;
    }
  }
}

/** Reads `<who>`, then a line `<old> <new> <ref>` for each ref; `undefined` where it was just removed. */
async function readEntry(file: string): Promise<JournalEntry | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([
      readFile(file, 'utf8'),
      stat(file),
    ]);
    const [pushedBy, ...lines] = text.split('\n').filter(Boolean);
    const refs = new Map(
      lines.map(line => {
        const [, sha, ref] = line.split(' ');
        return [ref, sha];
      }),
    );
    return { file, writtenAt: mtimeMs, pushedBy, refs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Tags are never delivered, nor is the deletion of a branch. */
function isSettled(
  ref: string,
  sha: string,
  delivered: ReadonlyMap<string, string>,
): boolean {
  if (!ref.startsWith(BRANCHES)) {
    return true;
  }
  const branch = ref.slice(BRANCHES.length);
  return /^0+$/.test(sha)
    ? !delivered.has(branch)
    : delivered.get(branch) === sha;
}
