import { createParser } from 'eventsource-parser';

/**
 * Reads server-sent events whose data is JSON from a response body. It ends when the server ends the
 * stream, and throws when the connection breaks or the request is aborted.
 */
export async function* readEventStream<T>(
  body: ReadableStream<Uint8Array>,
): AsyncIterable<T> {
  const ready: T[] = [];
  const parser = createParser({
    onEvent: event => ready.push(JSON.parse(event.data) as T),
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      parser.feed(decoder.decode(value, { stream: true }));
      yield* ready.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
