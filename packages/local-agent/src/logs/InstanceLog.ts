import path from 'node:path';
import type { WorkloadLogLine } from '@slipway/plugin-platform-common';
import { LogFile, type LogCursor } from './LogFile';

export const STREAMS = ['stdout', 'stderr'] as const;

/** Where a reader of an instance's log is, stream by stream. */
export type InstanceLogCursor = Record<
  (typeof STREAMS)[number],
  LogCursor | undefined
>;

/** What one instance of a release printed. */
export class InstanceLog {
  readonly files: { stdout: string; stderr: string };
  readonly #releaseId: string;
  readonly #streams: Record<(typeof STREAMS)[number], LogFile>;

  constructor(directory: string, releaseId: string) {
    this.#releaseId = releaseId;
    this.files = {
      stdout: path.join(directory, 'stdout.log'),
      stderr: path.join(directory, 'stderr.log'),
    };
    this.#streams = {
      stdout: new LogFile(this.files.stdout),
      stderr: new LogFile(this.files.stderr),
    };
  }

  /** See {@link LogFile.observe}. */
  observe(maximumBytes?: number): void {
    for (const stream of STREAMS) {
      this.#streams[stream].observe(maximumBytes);
    }
  }

  /** The last lines of both streams, and where to go on. */
  tail(count: number): { lines: WorkloadLogLine[]; cursor: InstanceLogCursor } {
    const stdout = this.#streams.stdout.tail(count);
    const stderr = this.#streams.stderr.tail(count);
    const lines = mergeByTime([
      stdout.lines.map(line => this.#tag('stdout', line)),
      stderr.lines.map(line => this.#tag('stderr', line)),
    ]);
    return {
      lines: count > 0 ? lines.slice(-count) : [],
      cursor: { stdout: stdout.cursor, stderr: stderr.cursor },
    };
  }

  /** The lines after a cursor, a chunk of each stream at most; moves the cursor. */
  read(cursor: InstanceLogCursor): WorkloadLogLine[] {
    return mergeByTime(
      STREAMS.map(stream => {
        cursor[stream] ??= this.#streams[stream].start();
        return this.#streams[stream]
          .read(cursor[stream])
          .map(line => this.#tag(stream, line));
      }),
    );
  }

  #tag(
    stream: (typeof STREAMS)[number],
    line: { at: string; text: string },
  ): WorkloadLogLine {
    return { at: line.at, releaseId: this.#releaseId, stream, text: line.text };
  }
}

/**
 * Puts lines of several sources into one order by time. Lines of one source never change places, even where
 * their times do: a stack trace stays below its message.
 */
export function mergeByTime(sources: WorkloadLogLine[][]): WorkloadLogLine[] {
  const positions = sources.map(() => 0);
  const merged: WorkloadLogLine[] = [];
  for (;;) {
    let earliest: number | undefined;
    for (const [index, lines] of sources.entries()) {
      const line = lines[positions[index]];
      if (
        line &&
        (earliest === undefined ||
          line.at < sources[earliest][positions[earliest]].at)
      ) {
        earliest = index;
      }
    }
    if (earliest === undefined) {
      return merged;
    }
    merged.push(sources[earliest][positions[earliest]]);
    positions[earliest] += 1;
  }
}
