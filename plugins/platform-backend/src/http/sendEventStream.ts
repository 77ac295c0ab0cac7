import type { Request, Response } from 'express';

/** Keeps proxies and browsers from taking a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000;

/**
 * Answers with server-sent events, one for each value, until the source ends, the client goes away or the
 * backend stops; then the source's signal aborts. An error after the first byte can't be answered any more: it
 * ends the stream.
 */
export async function sendEventStream<T>(
  request: Request,
  response: Response,
  stopping: AbortSignal,
  source: (signal: AbortSignal) => AsyncIterable<T>,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  const gone = AbortSignal.any([closed.signal, stopping]);
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MS);
  try {
    for await (const value of source(gone)) {
      if (!response.write(`data: ${JSON.stringify(value)}\n\n`)) {
        await drained(response, gone);
      }
    }
  } catch (error) {
    if (!gone.aborted) {
      request.destroy(error as Error);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}

function drained(response: Response, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    response.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
