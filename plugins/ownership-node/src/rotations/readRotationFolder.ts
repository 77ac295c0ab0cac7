import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RotationFile } from './readRotations';

/** The files of rotations in a folder, called as in the repository: `org/oncall/payments.yaml`. A folder that isn't there has none. */
export async function readRotationFolder(
  directory: string,
): Promise<RotationFile[]> {
  const found = await stat(directory).catch(() => undefined);
  const names = found?.isDirectory() ? await readdir(directory) : [];
  const folder = directory.split(path.sep).slice(-2).join('/');
  return Promise.all(
    names
      .filter(name => /\.ya?ml$/.test(name))
      .sort()
      .map(async name => ({
        name: `${folder}/${name}`,
        text: await readFile(path.join(directory, name), 'utf8'),
      })),
  );
}
