import { spawn } from 'node:child_process';
import { gitEnvironment, type GitSettings } from './gitEnvironment';

/** A git command that ended with something else than 0. */
export class GitFailedError extends Error {
  readonly name = 'GitFailedError';

  constructor(
    command: string,
    readonly exitCode: number | undefined,
    readonly stderr: string,
    /** What it had printed until then. */
    readonly stdout = '',
  ) {
    super(`git ${command} failed: ${stderr.trim() || `exit ${exitCode}`}`);
  }
}

/** How a git command is run. */
export interface GitOptions {
  /** A bare repository, or the directory to work in. */
  directory: string;
  settings?: GitSettings;
  /** What the command reads. */
  input?: Iterable<Uint8Array | string>;
  /** Stops the command, without an error, once it has printed this much. */
  maximumBytes?: number;
}

/** What a git command printed. */
export interface GitOutput {
  stdout: Buffer;
  /** Whether the command had more to print than was asked for. */
  truncated: boolean;
}

const ERROR_BYTES = 16 * 1024;

/**
 * Runs git in an environment that holds nothing of the portal's and reads no configuration but the
 * repository's own. Throws `GitFailedError`.
 */
export function runGit(
  args: string[],
  options: GitOptions,
): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: options.directory,
      env: gitEnvironment(options.settings),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let truncated = false;

    child.stdout.on('data', (chunk: Buffer) => {
      if (truncated) {
        return;
      }
      chunks.push(chunk);
      size += chunk.length;
      if (options.maximumBytes !== undefined && size > options.maximumBytes) {
        truncated = true;
        child.kill('SIGKILL');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-ERROR_BYTES);
    });
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0 || truncated) {
        const stdout = Buffer.concat(chunks);
        resolve({
          stdout: stdout.subarray(0, options.maximumBytes),
          truncated,
        });
      } else {
        const printed = Buffer.concat(chunks).toString('utf8');
        reject(new GitFailedError(args[0], code ?? undefined, stderr, printed));
      }
    });

    // A command that ends before it has read everything says why in its exit code.
    child.stdin.on('error', () => undefined);
    for (const part of options.input ?? []) {
      child.stdin.write(part);
    }
    child.stdin.end();
  });
}
