import http from 'node:http';
import type { ProbeAnswer, ProbeRequest } from '@slipway/plugin-platform-node';
import { AgentError, codeOf } from '../AgentError';
import type { Endpoint } from './types';

/** How much of an answer is read, in bytes. */
const MOST_BODY = 64 * 1024;

/** Makes one request of an endpoint. Throws where it isn't answered in time, or the connection breaks. */
export async function probeInstance(
  endpoint: Endpoint,
  { method, path, headers, body, timeoutMs }: ProbeRequest,
): Promise<ProbeAnswer> {
  const begun = performance.now();
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await new Promise<ProbeAnswer>((resolve, reject) => {
      const request = http.request(
        {
          ...endpoint,
          method,
          path,
          agent: false,
          signal,
          headers: { 'user-agent': 'slipway-probe', ...headers },
        },
        response => {
          readStart(response).then(
            text =>
              resolve({
                status: response.statusCode ?? 0,
                body: text,
                durationMs: performance.now() - begun,
              }),
            reject,
          );
        },
      );
      request.once('error', reject);
      request.end(body);
    });
  } catch (error) {
    const code = codeOf(error);
    throw AgentError.final({
      message: signal.aborted
        ? `${method} ${path} was not answered within ${timeoutMs / 1_000} s.`
        : `${method} ${path} was not answered: the service broke the connection${code ? ` (${code})` : ''}.`,
    });
  }
}

async function readStart(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BODY) {
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, MOST_BODY).toString();
}
