import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { JobLogLine } from '@slipway/plugin-platform-common';

const NEWLINE = 10;
const CHUNK = 256 * 1024;
/** What gitlab-ci-local prints before a command it is about to run. */
const PROMPT = '<gclShellPromptPlaceholder>';
/** What the recorder keeps, and room for the line that says what was cut and for notes. */
const MAXIMUM_LINES = 10_010;
const MAXIMUM_BYTES = 2 * 1024 * 1024 + 1024;

/** Follows the log that a job's recorder writes. Bounded, whatever is in the file. */
export class JobLogReader {
  readonly #file: string;
  readonly #notes: string[];
  #offset = 0;
  #sequence = 0;
  #rest = Buffer.alloc(0);

  /** @param notes - Lines to begin with. */
  constructor(control: string, job: string, notes: string[]) {
    const name = createHash('sha256').update(job).digest('hex');
    this.#file = path.join(control, 'logs', name);
    this.#notes = [...notes];
  }

  /** What was printed since the last call, at most some hundred kilobytes of it. */
  async read(): Promise<JobLogLine[]> {
    const chunk = await this.#readChunk();
    if (chunk.length === 0) {
      return [];
    }
    const all = Buffer.concat([this.#rest, chunk]);
    const end = all.lastIndexOf(NEWLINE) + 1;
    this.#rest = all.subarray(end);
    const printed =
      end === 0
        ? []
        : all
            .toString('utf8', 0, end - 1)
            .split('\n')
            .map(clean);
    // Notes come first, and count: a job that is read again prints them again.
    return [...this.#notes.splice(0), ...printed]
      .slice(0, MAXIMUM_LINES - this.#sequence)
      .map(text => ({ sequence: (this.#sequence += 1), text }));
  }

  async #readChunk(): Promise<Buffer> {
    const room = Math.min(CHUNK, MAXIMUM_BYTES - this.#offset);
    if (room <= 0) {
      return Buffer.alloc(0);
    }
    const file = await openIfThere(this.#file);
    if (!file) {
      return Buffer.alloc(0);
    }
    try {
      const buffer = Buffer.alloc(room);
      const { bytesRead } = await file.read(buffer, 0, room, this.#offset);
      this.#offset += bytesRead;
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

async function openIfThere(name: string): Promise<FileHandle | undefined> {
  try {
    return await open(name, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** A line as a terminal would end up showing it. */
function clean(line: string): string {
  const shown = stripVTControlCharacters(line).replace(/\r+$/, '');
  const last = shown.slice(shown.lastIndexOf('\r') + 1).replaceAll('\0', '');
  return last.startsWith(PROMPT) ? `$${last.slice(PROMPT.length)}` : last;
}
