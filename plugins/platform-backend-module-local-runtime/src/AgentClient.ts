import { setTimeout as delay } from 'node:timers/promises';
import { isError, ServiceUnavailableError } from '@backstage/errors';
import { readEventStream } from '@slipway/plugin-platform-common';
import { createAgentError } from './createAgentError';
import type { AgentFailure } from './protocol';

/** How long an operation waits for an agent that is away, in milliseconds. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/** What is asked of the agent. */
export interface AgentRequest {
  method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  /** How long to try while the agent can't be reached; every request of the protocol may be repeated. */
  patienceMs?: number;
}

/** Speaks the local agent's protocol, over connections that are kept. */
export class AgentClient {
  readonly #url: string;
  readonly #token: string;
  readonly #patienceMs: number;

  /** @param options - `patienceMs`: how long to try while the agent can't be reached; left out: 10 seconds */
  constructor(options: { url: string; token: string; patienceMs?: number }) {
    this.#url = options.url.replace(/\/$/, '');
    this.#token = options.token;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  /** Asks for something whose answer is JSON. */
  async json<T>(path: string, request: AgentRequest = {}): Promise<T> {
    const response = await this.#fetch(path, request);
    return (await response.json()) as T;
  }

  /** Asks for something that has no answer. */
  async send(path: string, request: AgentRequest): Promise<void> {
    const response = await this.#fetch(path, request);
    await response.arrayBuffer();
  }

  /** Asks for a stream; it throws `ServiceUnavailableError` when it breaks. */
  async *stream<T>(path: string, request: AgentRequest = {}): AsyncIterable<T> {
    const { body } = await this.#fetch(path, request);
    if (!body) {
      return;
    }
    try {
      yield* readEventStream<T>(body);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw unavailable(error);
    }
  }

  async #fetch(path: string, request: AgentRequest): Promise<Response> {
    const deadline = Date.now() + (request.patienceMs ?? this.#patienceMs);
    for (
      let pause = FIRST_PAUSE_MS;
      ;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    ) {
      const { response, cause } = await this.#tryFetch(path, request);
      if (response?.ok) {
        return response;
      }
      if (response) {
        throw await toError(response);
      }
      if (Date.now() + pause > deadline) {
        throw unavailable(cause);
      }
      await delay(pause, undefined, { signal: request.signal });
    }
  }

  /** Whatever `fetch` throws, unless it was aborted, means that nobody answered. */
  async #tryFetch(
    path: string,
    { method = 'GET', body, signal }: AgentRequest,
  ): Promise<{ response?: Response; cause?: unknown }> {
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      });
      return { response };
    } catch (cause) {
      signal?.throwIfAborted();
      return { cause };
    }
  }
}

function unavailable(cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(
    'The local agent is not running, so services on this machine can be neither started nor seen. Start it again with "npm start"; services that it had started go on serving once it is back.',
    isError(cause) ? cause : undefined,
  );
}

async function toError(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    return createAgentError((JSON.parse(text) as AgentFailure).error);
  } catch {
    return new Error(
      `What answers as the local agent is something else: status ${response.status}.`,
    );
  }
}
