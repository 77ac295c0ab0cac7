import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ERRORED_STATE, fileThere } from './Workspace';

/** A look that has taken this long is one whose portal died. */
const LONGEST_LOOK_MS = 24 * 60 * 60_000;

/**
 * States that could not be stored, of uses of a module whose portal died or could not reach the database.
 *
 * @param parent - where the uses of one resource are
 */
export async function findErroredStates(parent: string): Promise<string[]> {
  const found = await Promise.all(
    (await namesIn(parent)).map(async use => {
      const modules = path.join(parent, use, 'modules');
      return await Promise.all(
        (await namesIn(modules)).map(name =>
          fileThere(path.join(modules, name, ERRORED_STATE)),
        ),
      );
    }),
  );
  return found.flat().filter(file => file !== undefined);
}

/** Takes every use in a directory away but one. */
export async function removeOtherUses(
  parent: string,
  kept: string,
): Promise<void> {
  const others = (await namesIn(parent))
    .map(use => path.join(parent, use))
    .filter(directory => directory !== kept);
  await Promise.all(others.map(remove));
}

/** Takes away what looks left whose portal died. */
export async function removeOldLooks(parent: string): Promise<void> {
  for (const look of await namesIn(parent)) {
    const directory = path.join(parent, look);
    const found = await stat(directory).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > LONGEST_LOOK_MS) {
      await remove(directory);
    }
  }
}

async function namesIn(directory: string): Promise<string[]> {
  return await readdir(directory).catch(() => []);
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}
