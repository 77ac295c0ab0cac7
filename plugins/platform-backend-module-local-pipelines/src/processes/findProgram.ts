import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Looks for a program where the portal itself would. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(directory, name);
    try {
      await access(file, constants.X_OK);
      return file;
    } catch {
      // The next directory may have it.
    }
  }
  return undefined;
}
