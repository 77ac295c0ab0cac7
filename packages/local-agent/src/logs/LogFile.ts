import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import type { WorkloadLogLine } from '@slipway/plugin-platform-common';
import { readLineTime } from './readLineTime';

/** Where a reader of a log file is. */
export interface LogCursor {
  rotations: number;
  offset: number;
}

/** A line and the time it was printed. */
export type TimedLine = Pick<WorkloadLogLine, 'at' | 'text'>;

const MAXIMUM_LINE_BYTES = 16 * 1024;
const CHUNK_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * The file that a process appends one of its output streams to.
 *
 * **Time.** A line that carries its own time (see {@link readLineTime}) keeps it. For any other it is the time
 * at which the agent saw it arrive, within a quarter of a second; these marks (how far it reached, and when) lie in a
 * file beside the log. Lines that arrived while no agent ran get the time at which the next one saw them.
 *
 * **Rotation** copies the file and truncates it, because the process holds the file itself and can't be asked
 * to open another: that is what lets it outlive the agent. The price: what it prints in the moment between copy and
 * truncation is lost. One earlier file is kept, so a stream takes at most twice its size.
 *
 * All reading and rotating is synchronous and in small chunks, so that a rotation never comes between
 * a reader's look at its cursor and its read.
 */
export class LogFile {
  readonly #file: string;
  readonly #marks: string;
  #size = 0;
  #rotations = 0;

  constructor(file: string) {
    this.#file = file;
    this.#marks = `${file}.marks`;
    this.#size = readMarks(this.#marks).at(-1)?.end ?? 0;
    this.observe();
  }

  /** Notes what has arrived since the last look, and rotates a file that grew past its limit. */
  observe(maximumBytes = Number.POSITIVE_INFINITY): void {
    const size = sizeOf(this.#file);
    if (size > this.#size) {
      this.#mark(size);
    }
    this.#size = size;
    if (size > maximumBytes) {
      this.#rotate();
    }
  }

  #mark(end: number): void {
    try {
      appendFileSync(this.#marks, `${end} ${Date.now()}\n`, { mode: 0o600 });
    } catch {
      // On a full disk lines lose their arrival time, not their text.
    }
  }

  #rotate(): void {
    try {
      copyFileSync(this.#file, `${this.#file}.1`);
      renameSync(this.#marks, `${this.#marks}.1`);
    } catch {
      // A full disk: without room for the earlier file it is dropped, for the limit holds in any case.
      rmSync(`${this.#file}.1`, { force: true });
      rmSync(this.#marks, { force: true });
    }
    truncateSync(this.#file, 0);
    this.#size = 0;
    this.#rotations += 1;
  }

  /** The last lines, oldest first, and where to go on reading. */
  tail(count: number): { lines: TimedLine[]; cursor: LogCursor } {
    const current = readLastLines(this.#file, count);
    const earlier =
      current.lines.length < count
        ? readLastLines(`${this.#file}.1`, count - current.lines.length)
        : { lines: [] };
    return {
      lines: [
        ...this.#timed(earlier.lines, '.1'),
        ...this.#timed(current.lines, ''),
      ],
      cursor: { rotations: this.#rotations, offset: current.end ?? 0 },
    };
  }

  /** What a new reader starts from to see everything. */
  start(): LogCursor {
    return { rotations: this.#rotations, offset: 0 };
  }

  /** The complete lines after a cursor, a chunk at most; moves the cursor. */
  read(cursor: LogCursor): TimedLine[] {
    if (cursor.rotations < this.#rotations) {
      const rest =
        cursor.rotations === this.#rotations - 1
          ? readLines(`${this.#file}.1`, cursor.offset)
          : { lines: [], end: cursor.offset };
      if (rest.lines.length > 0) {
        cursor.offset = rest.end;
        return this.#timed(rest.lines, '.1');
      }
      Object.assign(cursor, this.start());
    }
    const { lines, end } = readLines(this.#file, cursor.offset);
    cursor.offset = end;
    return this.#timed(lines, '');
  }

  #timed(lines: RawLine[], suffix: '' | '.1'): TimedLine[] {
    if (lines.length === 0) {
      return [];
    }
    const marks = readMarks(`${this.#marks}${suffix}`);
    let next = 0;
    return lines.map(({ offset, text }) => {
      while (next < marks.length && marks[next].end <= offset) {
        next += 1;
      }
      const arrived = marks[next]?.time ?? Date.now();
      return {
        at: readLineTime(text) ?? new Date(arrived).toISOString(),
        text,
      };
    });
  }
}

interface RawLine {
  offset: number;
  text: string;
}

function readLines(
  file: string,
  from: number,
): { lines: RawLine[]; end: number } {
  const chunk = readChunk(file, from, CHUNK_BYTES);
  const lines: RawLine[] = [];
  let start = 0;
  for (;;) {
    let end = chunk.indexOf(NEWLINE, start);
    let next = end + 1;
    if (end < 0 && chunk.length - start > MAXIMUM_LINE_BYTES) {
      // A line without end would never be seen: it is shown in pieces.
      end = start + MAXIMUM_LINE_BYTES;
      next = end;
    }
    if (end < 0) {
      return { lines, end: from + start };
    }
    lines.push({
      offset: from + start,
      text: chunk
        .toString('utf8', start, Math.min(end, start + MAXIMUM_LINE_BYTES))
        .replace(/\r$/, ''),
    });
    start = next;
  }
}

function readLastLines(
  file: string,
  count: number,
): { lines: RawLine[]; end?: number } {
  const size = sizeOf(file);
  for (let window = CHUNK_BYTES; ; window *= 4) {
    const from = Math.max(0, size - window);
    const lines: RawLine[] = [];
    let position = from;
    for (;;) {
      const part = readLines(file, position);
      if (part.end === position) {
        break;
      }
      lines.push(...part.lines);
      position = part.end;
    }
    // The first line of a window that starts inside the file may be the rest of one.
    const whole = from > 0 ? lines.slice(1) : lines;
    if (whole.length >= count || from === 0) {
      return { lines: count > 0 ? whole.slice(-count) : [], end: position };
    }
  }
}

function readChunk(file: string, from: number, length: number): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const available = Math.max(0, sizeOf(file) - from);
    const buffer = Buffer.allocUnsafe(Math.min(length, available));
    return buffer.subarray(
      0,
      readSync(descriptor, buffer, 0, buffer.length, from),
    );
  } finally {
    closeSync(descriptor);
  }
}

function readMarks(file: string): Array<{ end: number; time: number }> {
  try {
    return readFileSync(file, 'latin1')
      .split('\n')
      .slice(0, -1)
      .map(line => {
        const [end, time] = line.split(' ').map(Number);
        return { end, time };
      });
  } catch {
    return [];
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
