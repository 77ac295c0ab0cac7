import {
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/**
 * Replaces a file so that a crash at any moment leaves either the old or the new content. Only the
 * owner can read it.
 *
 * It is synchronous on purpose: what was started is on record before anything else can happen.
 */
export function writeFileAtomically(file: string, content: string): void {
  const temporary = `${file}.partial`;
  try {
    const descriptor = openSync(temporary, 'w', 0o600);
    try {
      writeSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
