import { runGit } from '../git/runGit';
import type { ArchiveFile } from './readArchive';
import { DEFAULT_BRANCH } from './types';

/** Who a commit is from. */
export interface Author {
  name: string;
  email: string;
}

/**
 * Turns an empty directory into a bare repository with one commit of the given files on the default
 * branch. `fast-import` writes all objects as one pack, which costs two processes whatever the number of files.
 */
export async function createFirstCommit(
  directory: string,
  commit: { files: ArchiveFile[]; message: string; author: Author; at: Date },
): Promise<void> {
  await runGit(['init', '--quiet', '--bare', '--template=', '.'], {
    directory,
  });
  await importCommit(directory, {
    ...commit,
    ref: `refs/heads/${DEFAULT_BRANCH}`,
  });
}

/** A commit that is to be made. */
export interface ImportedCommit {
  /** What points to it afterwards. */
  ref: string;
  /** The commit it goes on from; left out, it is the first. */
  parent?: string;
  files: ArchiveFile[];
  message: string;
  author: Author;
  at: Date;
}

/** Makes a commit of a bare repository; files that aren't named stay as they are in its parent. */
export async function importCommit(
  directory: string,
  commit: ImportedCommit,
): Promise<void> {
  await runGit(['fast-import', '--quiet', '--done', '--date-format=raw'], {
    directory,
    settings: { 'fastimport.unpackLimit': '1' },
    input: fastImportStream(commit),
  });
}

function* fastImportStream(
  commit: ImportedCommit,
): Generator<Uint8Array | string> {
  const seconds = Math.floor(commit.at.getTime() / 1000);
  const identity = `${ident(commit.author.name)} <${ident(commit.author.email)}> ${seconds} +0000`;
  yield `commit ${commit.ref}\n`;
  yield `author ${identity}\ncommitter ${identity}\n`;
  yield* data(Buffer.from(`${commit.message.trimEnd()}\n`));
  if (commit.parent) {
    yield `from ${commit.parent}\n`;
  }
  for (const file of commit.files) {
    yield `M ${file.mode} inline "${file.path.replace(/["\\]/g, '\\$&')}"\n`;
    yield* data(file.content);
  }
  yield 'done\n';
}

function* data(content: Uint8Array): Generator<Uint8Array | string> {
  yield `data ${content.length}\n`;
  yield content;
  yield '\n';
}

/** Takes out what would end the identity early. */
function ident(text: string): string {
  return text.replace(/[<>\p{Cc}]/gu, '').trim();
}
