import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';

const BLOCK = 512;

/** Packs entries into a gzipped tar, also such as no well-meaning program would write. */
export function archiveOf(
  entries: Record<string, string | HeaderData>,
): Uint8Array {
  const blocks = Object.entries(entries).flatMap(([path, entry]) => {
    const content = Buffer.from(typeof entry === 'string' ? entry : '');
    const header = new Header({
      path,
      mode: 0o644,
      size: content.length,
      type: 'File',
      mtime: new Date(0),
      ...(typeof entry === 'string' ? {} : entry),
    });
    const block = Buffer.alloc(BLOCK);
    header.encode(block);
    const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
    return [block, content, Buffer.alloc(padding)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}
