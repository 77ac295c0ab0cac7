import path from 'node:path';
import { type ReadEntry, t as list } from 'tar';
import { AgentError, codeOf } from '../AgentError';

/** The most an artifact may hold when unpacked, in bytes. */
const MAXIMUM_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;

/** In small pieces: the agent is to stay small, however large an artifact is. */
const READ_BYTES = 64 * 1024;

const TYPES = new Set(['File', 'OldFile', 'Directory', 'SymbolicLink']);

/**
 * Refuses an artifact with an entry that could land outside of it: an absolute path, one with `..`, one below a link, a
 * link that leads out, or anything that is not a file, directory or symbolic link.
 */
export async function checkEntries(file: string): Promise<void> {
  const links = new Set<string>();
  let bytes = 0;
  let refused: AgentError | undefined;
  const check = (entry: ReadEntry) => {
    bytes += entry.size;
    const problem = problemOf(entry, links);
    if (problem) {
      refused ??= AgentError.final({
        message: `The artifact was refused: an entry would land outside of it (${entry.path}): ${problem}.`,
        hint: 'Use relative paths and links that stay inside the artifact.',
      });
    } else if (bytes > MAXIMUM_UNPACKED_BYTES) {
      refused ??= AgentError.final({
        message: `The artifact holds more than ${MAXIMUM_UNPACKED_BYTES} bytes.`,
        hint: 'Declare only what the service needs to run under artifacts:paths.',
      });
    }
  };
  try {
    await list({
      file,
      strict: true,
      maxReadSize: READ_BYTES,
      onReadEntry: check,
    });
  } catch (error) {
    throw isSystemError(error)
      ? error
      : AgentError.final({
          message: `The artifact can't be unpacked: ${(error as Error).message}.`,
          hint: 'It has to be a gzipped tar. Run the pipeline again to build it anew.',
        });
  }
  if (refused) {
    throw refused;
  }
}

function problemOf(entry: ReadEntry, links: Set<string>): string | undefined {
  const name = path.posix.normalize(entry.path);
  if (!TYPES.has(entry.type)) {
    return `it is a ${entry.type}`;
  }
  if (isOutside(name) || entry.path.split('/').includes('..')) {
    return 'its path leads out';
  }
  for (let above = path.posix.dirname(name); above !== '.';) {
    if (links.has(above)) {
      return `it lies below the link ${above}`;
    }
    above = path.posix.dirname(above);
  }
  if (entry.type === 'SymbolicLink') {
    links.add(name);
    const target = entry.linkpath ?? '';
    const end = path.posix.join(path.posix.dirname(name), target);
    return path.posix.isAbsolute(target) || isOutside(end)
      ? `it links to ${target}`
      : undefined;
  }
  return undefined;
}

function isOutside(name: string): boolean {
  return path.posix.isAbsolute(name) || name === '..' || name.startsWith('../');
}

function isSystemError(error: unknown): boolean {
  return /^E[A-Z]+$/.test(codeOf(error) ?? '');
}
