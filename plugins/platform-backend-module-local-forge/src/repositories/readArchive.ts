import path from 'node:path';
import { InputError } from '@backstage/errors';
import { Parser, type ReadEntry } from 'tar';

/** One file of an archive, checked. */
export interface ArchiveFile {
  /** Relative, with forward slashes, without `.` or `..`. */
  path: string;
  /** Git's mode: plain, executable or symbolic link. */
  mode: '100644' | '100755' | '120000';
  content: Buffer;
}

/** The most an archive may weigh as it is sent, in bytes. */
export const MAXIMUM_ARCHIVE_BYTES = 20 * 1024 * 1024;
/** The most its files may weigh together, in bytes. */
export const MAXIMUM_CONTENT_BYTES = 100 * 1024 * 1024;
/** The most files it may hold. */
export const MAXIMUM_FILES = 10_000;

/**
 * Reads a gzipped tar of source files. Throws `InputError` naming the entry that has no place in a
 * repository: one outside of it, inside of `.git`, a link that leaves it, or anything but files,
 * directories and symbolic links.
 */
export async function readArchive(
  stream: AsyncIterable<Uint8Array>,
): Promise<ArchiveFile[]> {
  const files = new Map<string, ArchiveFile>();
  let contentBytes = 0;
  let failure: Error | undefined;

  const parser = new Parser({
    strict: true,
    onReadEntry: entry => {
      try {
        contentBytes += entry.size;
        limit(contentBytes, MAXIMUM_CONTENT_BYTES, 'Its files weigh');
        addEntry(files, entry);
      } catch (error) {
        failure ??= error as Error;
      }
      entry.resume();
    },
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', error => reject(unreadable(error as Error)));
  });
  // Reported below; until then it must not count as unhandled.
  ended.catch(() => undefined);

  let archiveBytes = 0;
  for await (const chunk of stream) {
    archiveBytes += chunk.length;
    limit(archiveBytes, MAXIMUM_ARCHIVE_BYTES, 'It weighs');
    parser.write(Buffer.from(chunk));
    if (failure) {
      throw failure;
    }
  }
  if (archiveBytes === 0) {
    throw new InputError(
      "The request has no body. Send the repository's files as a gzipped tar archive.",
    );
  }
  parser.end();
  await ended;
  if (failure) {
    throw failure;
  }
  if (files.size === 0) {
    throw new InputError(
      'The archive holds no files. A repository starts with at least one.',
    );
  }
  for (const name of files.keys()) {
    checkParents(files, name);
  }
  return [...files.values()];
}

function checkParents(files: Map<string, ArchiveFile>, name: string): void {
  let parent = path.posix.dirname(name);
  while (parent !== '.') {
    if (files.has(parent)) {
      throw new InputError(
        `The archive holds "${parent}" as a file and as a directory.`,
      );
    }
    parent = path.posix.dirname(parent);
  }
}

function addEntry(files: Map<string, ArchiveFile>, entry: ReadEntry): void {
  if (entry.type === 'Directory' || entry.type === 'GNUDumpDir') {
    checkPath(entry.path, true);
    return;
  }
  const name = checkPath(entry.path, false);
  if (files.size >= MAXIMUM_FILES) {
    throw new InputError(
      `The archive holds more than ${MAXIMUM_FILES} files. Leave out what is generated or installed.`,
    );
  }

  if (entry.type === 'SymbolicLink') {
    const target = checkLink(name, entry.linkpath ?? '');
    files.set(name, {
      path: name,
      mode: '120000',
      content: Buffer.from(target),
    });
  } else if (
    entry.type === 'File' ||
    entry.type === 'OldFile' ||
    entry.type === 'ContiguousFile'
  ) {
    const chunks: Uint8Array[] = [];
    entry.on('data', chunk => chunks.push(chunk));
    const mode = (entry.mode ?? 0) & 0o100 ? '100755' : '100644';
    const file: ArchiveFile = { path: name, mode, content: Buffer.alloc(0) };
    entry.on('end', () => {
      file.content = Buffer.concat(chunks);
    });
    files.set(name, file);
  } else {
    throw new InputError(
      `The archive's entry "${name}" is a ${entry.type}. Only files, directories and symbolic links can be in a repository.`,
    );
  }
}

function checkPath(entryPath: string, isDirectory: boolean): string {
  const refuse = (why: string) =>
    new InputError(`The archive's entry ${JSON.stringify(entryPath)} ${why}.`);
  if (entryPath.startsWith('/')) {
    throw refuse('has an absolute path; make it relative');
  }
  if (/\p{Cc}/u.test(entryPath)) {
    throw refuse('has a control character in its name');
  }
  const segments = entryPath
    .split('/')
    .filter(segment => segment !== '' && segment !== '.');
  if (segments.includes('..')) {
    throw refuse('leaves the archive with ".."');
  }
  if (segments.some(isGitDirectory)) {
    throw refuse('belongs to git itself; leave ".git" out');
  }
  if (segments.length === 0 && !isDirectory) {
    throw refuse('has no name');
  }
  return segments.join('/');
}

/** `.git` under every name that some file system takes for it. */
function isGitDirectory(segment: string): boolean {
  const plain = segment
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/(?:[. ]+|::?\$.*)$/, '')
    .toLowerCase();
  return plain === '.git' || plain === 'git~1';
}

/**
 * Leading `..` are followed lexically, which is right because no parent of an entry is a link; one
 * after a name could leave through another link.
 */
function checkLink(name: string, target: string): string {
  const resolved = path.posix.join(path.posix.dirname(name), target);
  if (
    target === '' ||
    target.startsWith('/') ||
    resolved === '..' ||
    resolved.startsWith('../') ||
    /[^./][^/]*\/(?:.*\/)?\.\.(?:\/|$)/.test(target) ||
    resolved.split('/').some(isGitDirectory)
  ) {
    throw new InputError(
      `The archive's link "${name}" points out of the repository, to ${JSON.stringify(target)}.`,
    );
  }
  return target;
}

function limit(bytes: number, maximum: number, what: string): void {
  if (bytes > maximum) {
    throw new InputError(
      `The archive is too large. ${what} more than ${maximum / 1024 / 1024} MiB; leave out what is generated or installed.`,
    );
  }
}

function unreadable(error: Error): InputError {
  return new InputError(
    `The archive can't be read: ${error.message}. Send a gzipped tar.`,
  );
}
