import { InputError, NotFoundError } from '@backstage/errors';
import type { Artifact } from '@slipway/plugin-platform-common';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { create, list } from 'tar';
import type { ArtifactStore } from './ArtifactStore';

/** How every gzip begins (RFC 1952, section 2.3.1). */
const GZIP = Buffer.from([0x1f, 0x8b]);

const DIGEST = /^sha256:([0-9a-f]{64})$/;

/**
 * {@link ArtifactStore} in a directory: gzipped tars named after their SHA-256. A file appears under its
 * name only when all of it is on disk, so that what is there is always whole.
 */
export class FileArtifactStore implements ArtifactStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async put(directory: string): Promise<Artifact> {
    // Sorted names and no times or users: the content alone decides the digest.
    const packed = create(
      {
        cwd: directory,
        gzip: { level: 1 },
        portable: true,
        mtime: new Date(0),
        noDirRecurse: true,
      },
      await filesBelow(directory),
    );
    return this.#store(packed);
  }

  receive(
    archive: AsyncIterable<Uint8Array>,
    limit: number,
  ): Promise<Artifact> {
    return this.#store(checked(archive, limit));
  }

  async #store(content: AsyncIterable<Uint8Array>): Promise<Artifact> {
    await mkdir(this.#directory, { recursive: true });
    const temporary = path.join(this.#directory, `.${randomUUID()}`);
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(undefined, chunk);
      },
    });
    try {
      await pipeline(
        content,
        measure,
        createWriteStream(temporary, { mode: 0o644 }),
      );
      await flush(temporary);
      const hex = hash.digest('hex');
      await mkdir(path.dirname(this.#path(hex)), { recursive: true });
      await rename(temporary, this.#path(hex));
      return { digest: `sha256:${hex}`, size };
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
        ? new OperationFailedError({
            message:
              "The artifact could not be kept: the portal's disk is full.",
            hint: 'Ask the platform team to free some space, then retry.',
          })
        : error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async fileOf(digest: string): Promise<string> {
    const hex = DIGEST.exec(digest)?.[1];
    const file = hex && this.#path(hex);
    if (!file || !(await stat(file).catch(() => undefined))) {
      throw new NotFoundError(
        `The artifact ${digest} is gone. Run its pipeline again.`,
      );
    }
    return file;
  }

  async readFile(
    digest: string,
    file: string,
    limit: number,
  ): Promise<Buffer | undefined> {
    const wanted = path.posix.normalize(file);
    let size = 0;
    let content: Promise<Buffer> | undefined;
    await list({
      file: await this.fileOf(digest),
      filter: (name, entry) =>
        path.posix.normalize(name) === wanted &&
        'type' in entry &&
        entry.type === 'File',
      onReadEntry: entry => {
        size = entry.size;
        if (size > limit) {
          entry.resume();
        } else {
          content = entry.concat();
        }
      },
    });
    if (size > limit) {
      throw new InputError(
        `The file ${file} of the artifact has ${size} bytes; ${limit} are the most.`,
      );
    }
    return content;
  }

  #path(hex: string): string {
    return path.join(this.#directory, hex.slice(0, 2), `${hex}.tgz`);
  }
}

/** Passes an archive on as long as it is one and keeps to the limit. */
async function* checked(
  archive: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncIterable<Uint8Array> {
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of archive) {
    if (size < GZIP.length) {
      head = Buffer.concat([head, chunk]);
    }
    size += chunk.length;
    if (size >= GZIP.length && !head.subarray(0, GZIP.length).equals(GZIP)) {
      break;
    }
    if (size > limit) {
      throw new InputError(
        `The archive weighs more than ${limit / 1024 / 1024} MiB. Leave out what is generated or installed.`,
      );
    }
    yield chunk;
  }
  if (!head.subarray(0, GZIP.length).equals(GZIP)) {
    throw new InputError(
      'The body is no gzipped tar. Send the files as one, for example with tar -cz.',
    );
  }
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .map(entry =>
      path.relative(directory, path.join(entry.parentPath, entry.name)),
    )
    .sort();
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
