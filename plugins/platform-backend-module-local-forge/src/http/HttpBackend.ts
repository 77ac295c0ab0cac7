import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { gitEnvironment } from '../git/gitEnvironment';
import { readCgiHead } from './readCgiHead';
import { remarkOnFullDisk } from './remarkOnFullDisk';

/** One request to hand to git. */
export interface HttpBackendRequest {
  /** The repository's name. */
  repository: string;
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  action: string;
  /** The entity reference of the person. */
  user: string;
  /** Names the push in the journal. */
  pushId: string;
  /** What a person reads after a push. */
  message: string;
  /** Where a merge request is opened for a branch. */
  mergeRequestUrl: string;
  /** Whether the default branch takes merges only. */
  isProtected: boolean;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const STDERR_BYTES = 4096;

/**
 * Runs `git http-backend` as a CGI program for a request: bodies are streamed both ways, gzipped ones are
 * unpacked by git itself, and it dies, with the processes it started, when the client goes away.
 */
export class HttpBackend {
  readonly #root: string;
  readonly #settings: Record<string, string>;
  readonly #logger: LoggerService;
  readonly #children = new Set<Child>();

  constructor(options: {
    root: string;
    hooksDirectory: string;
    maximumPackBytes: number;
    logger: LoggerService;
  }) {
    this.#root = options.root;
    this.#settings = {
      'http.receivepack': 'true',
      'http.getanyfile': 'false',
      'core.hooksPath': options.hooksDirectory,
      'receive.maxInputSize': String(options.maximumPackBytes),
      'receive.fsckObjects': 'true',
      'receive.denyDeleteCurrent': 'refuse',
      'receive.advertisePushOptions': 'false',
    };
    this.#logger = options.logger;
  }

  /** Resolves when git has ended, whether or not the client got its answer. */
  async handle(
    request: Request,
    response: Response,
    options: HttpBackendRequest,
  ): Promise<void> {
    const child = this.#spawn(request, options);
    const ended = new Promise<void>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', () => resolve());
    });
    ended.catch(() => undefined);
    const kill = () => {
      if (!response.writableFinished) {
        killGroup(child);
      }
    };
    response.on('close', kill);

    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-STDERR_BYTES);
    });
    // git may refuse, and answer, without having read the whole body.
    pipeline(request, child.stdin).catch(() => undefined);
    try {
      const head = await readCgiHead(child.stdout);
      response.status(head.status).set(head.headers);
      if (options.action === 'git-receive-pack') {
        await pipeline(child.stdout, remarkOnFullDisk, response);
      } else {
        await pipeline(child.stdout, response);
      }
    } catch (error) {
      if (!response.headersSent && !response.destroyed) {
        throw new Error(
          `git http-backend gave no answer for ${options.repository}: ${stderr.trim() || (error as Error).message}`,
        );
      }
    } finally {
      response.off('close', kill);
      if (response.destroyed) {
        kill();
      }
      await ended;
      this.#children.delete(child);
      if (stderr.trim()) {
        this.#logger.info(
          `git ${options.action} ${options.repository}: ${stderr.trim()}`,
        );
      }
    }
  }

  /** Ends everything under way. */
  stop(): void {
    this.#children.forEach(killGroup);
  }

  #spawn(request: Request, options: HttpBackendRequest): Child {
    const query = request.originalUrl.split('?')[1] ?? '';
    const child = spawn('git', ['http-backend'], {
      cwd: this.#root,
      // A process group of its own, so that all of it can be ended at once.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...gitEnvironment(this.#settings),
        GIT_PROJECT_ROOT: this.#root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: `/${options.repository}.git/${options.action}`,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        REMOTE_USER: options.user,
        SLIPWAY_PUSH_ID: options.pushId,
        SLIPWAY_MESSAGE: options.message,
        SLIPWAY_MERGE_REQUEST_URL: options.mergeRequestUrl,
        SLIPWAY_PROTECTED: options.isProtected ? 'yes' : '',
        ...fromHeader(request, 'CONTENT_TYPE', 'content-type'),
        ...fromHeader(request, 'CONTENT_LENGTH', 'content-length'),
        ...fromHeader(request, 'HTTP_CONTENT_ENCODING', 'content-encoding'),
        ...fromHeader(request, 'GIT_PROTOCOL', 'git-protocol'),
      },
    });
    this.#children.add(child);
    return child;
  }
}

function fromHeader(
  request: Request,
  variable: string,
  header: string,
): NodeJS.ProcessEnv {
  const value = request.get(header);
  return value === undefined ? {} : { [variable]: value };
}

function killGroup(child: Child): void {
  if (
    child.pid === undefined ||
    child.exitCode !== null ||
    child.signalCode !== null
  ) {
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended in this moment.
  }
}
