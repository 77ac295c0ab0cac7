import { createClient } from '@redis/client';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { RedisServer } from '../server/RedisServer';

/** Who manages users in the tests. */
const ADMIN_PASSWORD = 'administration';

/** Where the server keeps its users. */
type Storage = 'acl-file' | 'configuration' | 'memory';

/** A real Redis server on a free port of the loopback interface, with a directory of its own. */
export class TestRedis {
  readonly #directory = mkdtempSync(path.join(os.tmpdir(), 'slipway-redis-'));
  readonly #storage: Storage;
  #process?: ChildProcess;
  port = 0;

  private constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Throws where this machine has no `redis-server`. */
  static async start(storage: Storage = 'memory'): Promise<TestRedis> {
    requireRedis();
    const redis = new TestRedis(storage);
    await redis.start();
    return redis;
  }

  get url(): URL {
    return new URL(`redis://:${ADMIN_PASSWORD}@127.0.0.1:${this.port}`);
  }

  /** As the configuration would name it. */
  server(name = 'shared', options: { silenceMs?: number } = {}): RedisServer {
    const { url, port } = this;
    return new RedisServer({ name, url, host: '127.0.0.1', port, ...options });
  }

  /** Speaks to it past the provider. */
  async ask(command: string[], url: string = this.url.href): Promise<unknown> {
    const client = createClient({
      url,
      RESP: 2,
      socket: { reconnectStrategy: false },
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.sendCommand(command);
    } finally {
      if (client.isOpen) {
        client.destroy();
      }
    }
  }

  /** Answers within no time, or doesn't. */
  freeze(frozen: boolean): void {
    this.#process?.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running?.exitCode === null) {
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async start(): Promise<void> {
    this.port ||= await freePort();
    const file = path.join(this.#directory, this.#storage);
    if (this.#storage !== 'memory' && !existsSync(file)) {
      writeFileSync(file, `user default on >${ADMIN_PASSWORD} ~* &* +@all\n`);
    }
    const started = spawn(
      'redis-server',
      [
        ...(this.#storage === 'configuration' ? [file] : []),
        ...['--bind', '127.0.0.1', '--port', String(this.port)],
        ...['--dir', this.#directory, '--save', '', '--appendonly', 'no'],
        ...(this.#storage === 'acl-file' ? ['--aclfile', file] : []),
        ...(this.#storage === 'memory'
          ? ['--requirepass', ADMIN_PASSWORD]
          : []),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#process = started;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      started.stdout.on('data', chunk => {
        said += chunk;
        if (said.includes('Ready to accept connections')) {
          resolve();
        }
      });
      started.once('exit', () =>
        reject(new Error(`redis-server did not start:\n${said}`)),
      );
      started.once('error', reject);
    });
  }
}

function requireRedis(): void {
  try {
    execFileSync('redis-server', ['--version']);
  } catch {
    throw new Error(
      'These tests need redis-server, which this machine does not have. Install it: apt-get install -y redis-server',
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
