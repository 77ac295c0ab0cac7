import http from 'node:http';
import { connect } from 'node:net';
import type { HttpProbe } from '@slipway/plugin-platform-node';
import { codeOf } from '../AgentError';
import type { Endpoint } from './types';

/** What a probe found. */
export type ProbeResult =
  { kind: 'ok' } | { kind: 'refused' } | { kind: 'failed'; reason: string };

/** A service that takes longer to say how it is counts as failing, in milliseconds. */
export const PROBE_TIMEOUT_MS = 2_000;

/** Asks an endpoint once: over HTTP, or without a probe whether it accepts a connection. */
export function probe(
  endpoint: Endpoint,
  httpProbe: HttpProbe | undefined,
): Promise<ProbeResult> {
  return httpProbe ? probeHttp(endpoint, httpProbe) : probeConnection(endpoint);
}

function probeHttp(
  endpoint: Endpoint,
  { path, host }: HttpProbe,
): Promise<ProbeResult> {
  return new Promise(resolve => {
    const request = http.get(
      {
        ...endpoint,
        path,
        agent: false,
        timeout: PROBE_TIMEOUT_MS,
        headers: { 'user-agent': 'slipway-probe', ...(host && { host }) },
      },
      response => {
        const status = response.statusCode ?? 0;
        response.destroy();
        resolve(
          status >= 200 && status < 400
            ? { kind: 'ok' }
            : { kind: 'failed', reason: `answers ${status} on ${path}` },
        );
      },
    );
    request.once('timeout', () =>
      request.destroy(
        Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }),
      ),
    );
    request.once('error', error =>
      resolve(
        explain(error, {
          timeout: `does not answer on ${path} within ${PROBE_TIMEOUT_MS / 1000} s`,
          other: `breaks the connection on ${path}`,
        }),
      ),
    );
  });
}

function probeConnection(endpoint: Endpoint): Promise<ProbeResult> {
  return new Promise(resolve => {
    const socket = connect({ ...endpoint, timeout: PROBE_TIMEOUT_MS });
    socket.once('connect', () => {
      socket.destroy();
      resolve({ kind: 'ok' });
    });
    socket.once('timeout', () =>
      socket.destroy(
        Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }),
      ),
    );
    socket.once('error', error =>
      resolve(
        explain(error, {
          timeout: `accepts no connection within ${PROBE_TIMEOUT_MS / 1000} s`,
          other: 'breaks the connection',
        }),
      ),
    );
  });
}

function explain(
  error: Error,
  reasons: { timeout: string; other: string },
): ProbeResult {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return { kind: 'refused' };
    case 'ETIMEDOUT':
      return { kind: 'failed', reason: reasons.timeout };
    default:
      return { kind: 'failed', reason: reasons.other };
  }
}
