import { isError, ServiceUnavailableError } from '@backstage/errors';
import {
  ClientClosedError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  ErrorReply,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
} from '@redis/client';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import { createRedisClient } from './createRedisClient';
import { RedisConnection } from './RedisConnection';

/** What nobody answers within this time counts as not reachable: an act is a handful of commands that take a millisecond each. */
const SILENCE_MS = 10_000;
/** The first version whose users have selectors, channels that are closed by default, and one text for their keys. */
const FIRST_MAJOR_VERSION = 7;

/** One server of the configuration. */
export interface RedisServerOptions {
  name: string;
  /** With the credentials of a user who may manage users. */
  url: URL;
  /** As workloads reach it. */
  host: string;
  port: number;
  silenceMs?: number;
}

/** A Redis server on which users are made. */
export class RedisServer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly #url: URL;
  readonly #silenceMs: number;

  constructor({ name, url, host, port, silenceMs }: RedisServerOptions) {
    this.name = name;
    this.host = host;
    this.port = port;
    this.#url = url;
    this.#silenceMs = silenceMs ?? SILENCE_MS;
  }

  /** The URL with which a user gets in. */
  urlFor(user: string, password: string): string {
    const url = new URL(`${this.#url.protocol}//${this.host}:${this.port}`);
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(password);
    url.pathname = this.#url.pathname;
    return url.href;
  }

  /**
   * Works on a connection of its own, which is closed afterwards.
   *
   * @throws `ServiceUnavailableError` where the server can't be reached or falls silent; `OperationFailedError` where it refuses
   */
  async connected<T>(
    signal: AbortSignal,
    work: (connection: RedisConnection) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const client = createRedisClient(this.#url, this.#silenceMs);
    const close = () => {
      if (client.isOpen) {
        client.destroy();
      }
    };
    signal.addEventListener('abort', close, { once: true });
    try {
      // A client that is closed while it connects doesn't say so.
      await Promise.race([client.connect(), untilAborted(signal)]);
      this.#requireVersion(await client.info('server'));
      return await work(new RedisConnection(client));
    } catch (error) {
      signal.throwIfAborted();
      throw this.#explain(error);
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }

  #requireVersion(info: string): void {
    const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown';
    if (!(Number.parseInt(version, 10) >= FIRST_MAJOR_VERSION)) {
      throw new OperationFailedError({
        message: `The Redis server "${this.name}" is version ${version}; users are made on version ${FIRST_MAJOR_VERSION} or newer.`,
        hint: 'Ask the platform team to upgrade it.',
      });
    }
  }

  #explain(error: unknown): unknown {
    if (error instanceof ErrorReply) {
      const { message } = error;
      return /^(NOAUTH|WRONGPASS|NOPERM)/.test(message)
        ? new OperationFailedError(
            {
              message: `The Redis server "${this.name}" refuses the platform's own user: ${message}`,
              hint: `Ask the platform team to put the URL of a user who may manage users into platform.redis.servers.`,
            },
            { cause: error },
          )
        : error;
    }
    if (!isConnectionError(error)) {
      return error;
    }
    return new ServiceUnavailableError(
      `The Redis server "${this.name}" can't be reached (${error.message}). Try again once it answers.`,
      error,
    );
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
}

const CONNECTION_ERRORS = [
  ClientClosedError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  SocketClosedUnexpectedlyError,
  SocketTimeoutError,
];

/** The client's own errors, and the system's, which have a code. */
function isConnectionError(error: unknown): error is Error {
  return (
    isError(error) &&
    ('code' in error || CONNECTION_ERRORS.some(type => error instanceof type))
  );
}
