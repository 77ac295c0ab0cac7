import { setTimeout as delay } from 'node:timers/promises';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { OperationFailedError } from '@slipway/plugin-platform-node';
import { type ClientConfig, Pool } from 'pg';
import { ClientSession } from './ClientSession';
import { codeOf, isAway } from './isAway';
import { PatientClient } from './PatientClient';
import type { ServerOptions } from './ServerOptions';
import type { ServerSession } from './ServerSession';

/**
 * How many acts go on at once on one server; the others wait. Each takes two connections at most. More make nothing faster: measured on two
 * cores, a hundred databases take the same time with 2 and with 16.
 */
const ACTS = 5;
const IDLE_MS = 30_000;
/** How long one act on a resource waits for another one to end, whose process may be dead already. */
const LOCK_MS = 20_000;
const LONGEST_PAUSE_MS = 1_000;

/** What is known while something is done on a server. */
export interface ServerContext {
  signal: AbortSignal;
  log?(text: string): void;
}

/** One PostgreSQL server, over few connections that are kept. */
export class PostgresServer {
  readonly options: ServerOptions;
  readonly #patienceMs: number;
  readonly #pool: Pool;

  /** @param patienceMs - how long to wait for a server that is away, in milliseconds */
  constructor(options: ServerOptions, patienceMs: number) {
    this.options = options;
    this.#patienceMs = patienceMs;
    this.#pool = new Pool({
      ...this.#connection(options.database),
      Client: PatientClient,
      max: ACTS,
      idleTimeoutMillis: IDLE_MS,
      allowExitOnIdle: true,
    });
    // A connection that breaks while nobody uses it is replaced by the next one.
    this.#pool.on('error', () => undefined);
  }

  /**
   * Looks at something. Throws `ServiceUnavailableError` where the server can't be reached.
   */
  async look<T>(
    context: ServerContext,
    work: (session: ServerSession) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#once(context.signal, work);
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /**
   * Changes something about a resource, alone: no other act on the same one goes on meanwhile, in this process or another. Waits for a server
   * that is away, and then begins the work anew. Throws `ServiceUnavailableError` where it stays away.
   */
  async act<T>(
    resourceId: string,
    context: ServerContext,
    work: (session: ServerSession) => Promise<T>,
  ): Promise<T> {
    const deadline = Date.now() + this.#patienceMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(context.signal, session =>
          locked(session, resourceId, work),
        );
      } catch (error) {
        if (!isAway(error) || Date.now() > deadline) {
          throw this.#explain(error);
        }
        if (attempt === 1) {
          context.log?.(
            `${this.#description} can't be reached (${reasonOf(error)}); waiting for it for ${this.#patienceMs / 1000} s.`,
          );
        }
      }
      await delay(Math.min(50 * 2 ** attempt, LONGEST_PAUSE_MS), undefined, {
        signal: context.signal,
      });
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #once<T>(
    signal: AbortSignal,
    work: (session: ServerSession) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const client = await this.#pool.connect();
    let broken = true;
    try {
      const result = await untilAborted(
        signal,
        work(
          new ClientSession({
            client,
            connect: database => new PatientClient(this.#connection(database)),
            signal,
          }),
        ),
      );
      broken = false;
      return result;
    } finally {
      // What failed may have left a lock or an open statement: its connection is not used again.
      client.release(broken);
    }
  }

  #connection(database: string): ClientConfig {
    const { host, port, user, password, ssl } = this.options;
    return {
      ...{ host, port, user, password, database, ssl },
      application_name: 'slipway',
      lock_timeout: LOCK_MS,
      keepAlive: true,
    };
  }

  get #description(): string {
    const { name, host, port } = this.options;
    return `The PostgreSQL server "${name}" (${host}:${port})`;
  }

  #explain(error: unknown): unknown {
    const code = codeOf(error);
    if (isAway(error)) {
      return new ServiceUnavailableError(
        `${this.#description} can't be reached: ${reasonOf(error)}. Start it, or mend the way to it, then retry.`,
      );
    }
    // lock_not_available
    if (code === '55P03') {
      return new ServiceUnavailableError(
        `At ${this.#description.replace('The', 'the')} somebody else holds what is needed here: another act on the same resource, or a long transaction. Retry when it has ended.`,
      );
    }
    // invalid_authorization_specification, invalid_password
    return code === '28000' || code === '28P01'
      ? new OperationFailedError(
          {
            message: `${this.#description} doesn't let the platform in: ${reasonOf(error)}.`,
            hint: 'Correct user and password in platform.postgres.servers, then retry.',
          },
          { cause: error },
        )
      : error;
  }
}

/** The lock is of the session, as no transaction can hold `CREATE DATABASE`; PostgreSQL frees it when the connection ends. */
async function locked<T>(
  session: ServerSession,
  resourceId: string,
  work: (session: ServerSession) => Promise<T>,
): Promise<T> {
  const key = [`slipway:${resourceId}`];
  await session.read('SELECT pg_advisory_lock(hashtextextended($1, 0))', key);
  const result = await work(session);
  await session.read('SELECT pg_advisory_unlock(hashtextextended($1, 0))', key);
  return result;
}

async function untilAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function reasonOf(error: unknown): string {
  return isError(error) && error.message
    ? error.message
    : (codeOf(error) ?? String(error));
}
