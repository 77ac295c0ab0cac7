import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseEvents, type UiEvent } from './uiEvents';

/** How often what the CLI says is looked for, to show it. */
const LOOK_MS = 200;

/** What to run, and how. */
export interface CliCall {
  args: string[];
  /** The folder of the module. */
  folder: string;
  /** Where what it says is kept while it runs; must exist. */
  outputs: string;
  environment: Record<string, string>;
  signal: AbortSignal;
  /** No other such call runs beside it. */
  isExclusive?: boolean;
  /** Told of each event while it runs, where it says them (`-json`). */
  onEvent?(event: UiEvent): void;
}

/** How it ended. */
export interface CliResult {
  /** `undefined` where a signal ended it. */
  code: number | undefined;
  /** In words: `ended with 1`. */
  end: string;
  output: string;
  /** What it said on its error output. */
  beside: string;
}

/**
 * Runs the CLI in a process group of its own, with its output in files: it goes on when the portal dies, and finds its output
 * open, so that what it has made is in its state. Cancelled, it is asked to stop (SIGINT), which it does once what it is at is done
 * and written down; after the time for that it is ended with all that it started.
 *
 * @throws the error of `spawn` where there is no such program
 */
export async function runCli(
  program: string,
  { args, folder, outputs, environment, signal, onEvent }: CliCall,
  options: { patienceMs: number },
): Promise<CliResult> {
  signal.throwIfAborted();
  const name = path.join(outputs, randomUUID());
  const files = [`${name}.out`, `${name}.err`];
  const [output, beside] = await Promise.all(
    files.map(file => open(file, 'w', 0o600)),
  );
  try {
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', output.fd, beside.fd],
    });
    const ended = new Promise<Pick<CliResult, 'code' | 'end'>>(
      (resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code, by) =>
          resolve({
            code: code ?? undefined,
            end: code === null ? `was ended by ${by}` : `ended with ${code}`,
          }),
        );
      },
    );
    const stop = () => void stopGently(child.pid, ended, options.patienceMs);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const [end] = await Promise.all([
        ended,
        onEvent && tellEvents(files[0], ended, onEvent),
      ]);
      const [said, saidBeside] = await Promise.all(
        files.map(file => readFile(file, 'utf8')),
      );
      return { ...end, output: said, beside: saidBeside };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  } finally {
    await Promise.all([output.close(), beside.close()]);
  }
}

async function stopGently(
  pid: number | undefined,
  ended: Promise<unknown>,
  patienceMs: number,
): Promise<void> {
  if (pid === undefined) {
    return;
  }
  kill(pid, 'SIGINT');
  const patience = new AbortController();
  const isOver = await Promise.race([
    ended.then(
      () => true,
      () => true,
    ),
    delay(patienceMs, false, { signal: patience.signal }).catch(() => true),
  ]);
  patience.abort();
  if (!isOver) {
    kill(-pid, 'SIGKILL');
  }
}

function kill(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in this moment.
  }
}

/** Reads on in a file until what writes it has ended. */
async function tellEvents(
  file: string,
  ended: Promise<unknown>,
  tell: (event: UiEvent) => void,
): Promise<void> {
  let isOver = false;
  const over = ended
    .catch(() => undefined)
    .then(() => {
      isOver = true;
    });
  const reader = await open(file);
  try {
    let rest = Buffer.alloc(0);
    for (let isLast = false; !isLast;) {
      isLast = isOver;
      const { buffer, bytesRead } = await reader.read();
      rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = rest.lastIndexOf('\n') + 1;
      parseEvents(rest.toString('utf8', 0, end)).forEach(tell);
      rest = rest.subarray(end);
      if (bytesRead > 0) {
        isLast = false;
      } else if (!isLast) {
        await Promise.race([over, delay(LOOK_MS)]);
      }
    }
  } finally {
    await reader.close();
  }
}
