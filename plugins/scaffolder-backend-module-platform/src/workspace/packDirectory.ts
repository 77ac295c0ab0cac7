import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { InputError } from '@backstage/errors';
import { create } from 'tar';

/** What is made from a repository's files, or keeps its history, and so never belongs into it. */
const LEFT_OUT = new Set(['node_modules', '.git']);

/**
 * Packs a directory into a gzipped tar that doesn't tell who packed it where.
 * Throws `InputError` where there is no directory or nothing in it.
 */
export async function packDirectory(
  directory: string,
  name: string,
): Promise<Uint8Array> {
  const entries = await listEntries(directory, name);
  if (entries.length === 0) {
    throw new InputError(
      `"${name}" holds no files to make a repository from. Run the step that writes them first; where its machine was lost meanwhile, start over from the template.`,
    );
  }
  const archive = create(
    {
      cwd: directory,
      gzip: true,
      portable: true,
      // The same files give the same archive, however often they are written.
      mtime: new Date(0),
      filter: path => !path.split('/').some(part => LEFT_OUT.has(part)),
    },
    entries.map(entry => `./${entry}`),
  );
  return buffer(archive);
}

async function listEntries(directory: string, name: string): Promise<string[]> {
  try {
    const entries = await readdir(directory);
    return entries.filter(entry => !LEFT_OUT.has(entry)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new InputError(
        `The workspace has no directory "${name}". Name the one that an earlier step wrote to.`,
      );
    }
    throw error;
  }
}
