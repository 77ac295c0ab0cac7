import type { Readable } from 'node:stream';

/** What a CGI program says before the body. */
export interface CgiHead {
  status: number;
  headers: Record<string, string>;
}

const MAXIMUM_HEAD_BYTES = 16 * 1024;

/** Reads the head of a CGI answer (RFC 3875 section 6) and leaves the body in the stream. */
export function readCgiHead(stream: Readable): Promise<CgiHead> {
  return new Promise((resolve, reject) => {
    let buffer = Buffer.alloc(0);
    const done = (settle: () => void) => {
      stream.off('readable', read);
      stream.off('end', ended);
      stream.off('error', reject);
      settle();
    };
    const ended = () =>
      done(() => reject(new Error('it ended without an answer')));
    const read = () => {
      for (let chunk = stream.read(); chunk; chunk = stream.read()) {
        buffer = Buffer.concat([buffer, chunk as Buffer]);
        const end = buffer.indexOf('\r\n\r\n');
        if (end >= 0) {
          const head = buffer.toString('latin1', 0, end);
          const rest = buffer.subarray(end + 4);
          done(() => {
            if (rest.length > 0) {
              stream.unshift(rest);
            }
            resolve(parse(head));
          });
          return;
        }
        if (buffer.length > MAXIMUM_HEAD_BYTES) {
          done(() => reject(new Error('its head never ends')));
          return;
        }
      }
    };
    stream.on('readable', read);
    stream.on('end', ended);
    stream.on('error', reject);
  });
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
