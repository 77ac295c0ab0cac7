import { open, type FileHandle } from 'node:fs/promises';

const CHUNK = 512 * 1024;

/** Reads a growing file by whole lines, from its beginning, a bounded piece at a time. */
export class OutputTail {
  readonly #file: string;
  readonly #buffer = Buffer.alloc(CHUNK);
  #handle: FileHandle | undefined;
  #rest = Buffer.alloc(0);

  constructor(file: string) {
    this.#file = file;
  }

  /** The lines that were added since, or none at the file's present end. */
  async read(): Promise<string[]> {
    this.#handle ??= await open(this.#file).catch(() => undefined);
    if (!this.#handle) {
      return [];
    }
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, CHUNK);
    if (bytesRead === 0) {
      return [];
    }
    const bytes = Buffer.concat([
      this.#rest,
      this.#buffer.subarray(0, bytesRead),
    ]);
    const end = bytes.lastIndexOf('\n');
    this.#rest = Buffer.from(bytes.subarray(end + 1));
    const lines = bytes.subarray(0, Math.max(0, end)).toString('utf8');
    return lines === '' ? [] : lines.split('\n');
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}
