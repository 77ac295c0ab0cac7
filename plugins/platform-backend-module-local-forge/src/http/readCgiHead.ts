import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** What a CGI program says before the body. */
export interface CgiHead {
  status: number;
  headers: Record<string, string>;
}

const HEAD_END = '\r\n\r\n';
const MAXIMUM_HEAD_BYTES = 16 * 1024;

/** Reads the head of a CGI answer (RFC 3875 section 6) and leaves the body in the stream. */
export async function readCgiHead(stream: Readable): Promise<CgiHead> {
  let buffer = Buffer.alloc(0);
  while (!buffer.includes(HEAD_END)) {
    if (buffer.length > MAXIMUM_HEAD_BYTES) {
      throw new Error('its head never ends');
    }
    const chunk: Buffer | null = stream.read();
    if (chunk) {
      buffer = Buffer.concat([buffer, chunk]);
    } else if (stream.readableEnded || stream.destroyed) {
      throw new Error('it ended without an answer');
    } else {
      const settled = new AbortController();
      const { signal } = settled;
      await Promise.race([
        once(stream, 'readable', { signal }),
        once(stream, 'end', { signal }),
        once(stream, 'close', { signal }),
      ]).finally(() => settled.abort());
    }
  }
  const end = buffer.indexOf(HEAD_END);
  const rest = buffer.subarray(end + HEAD_END.length);
  if (rest.length > 0) {
    stream.unshift(rest);
  }
  return parse(buffer.toString('latin1', 0, end));
}

function parse(head: string): CgiHead {
  let status = 200;
  const headers: Record<string, string> = {};
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      status = Number.parseInt(value, 10);
    } else {
      headers[name] = value;
    }
  }
  return { status, headers };
}
