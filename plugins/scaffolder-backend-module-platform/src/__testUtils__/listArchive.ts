import { once } from 'node:events';
import { Parser } from 'tar';

/** The files in a gzipped tar, sorted. */
export async function listArchive(archive: Uint8Array): Promise<string[]> {
  const files: string[] = [];
  const parser = new Parser({
    onReadEntry: entry => {
      if (entry.type === 'File') {
        files.push(entry.path.replace(/^\.\//, ''));
      }
      entry.resume();
    },
  });
  const ended = once(parser, 'end');
  parser.end(Buffer.from(archive));
  await ended;
  return files.sort();
}
