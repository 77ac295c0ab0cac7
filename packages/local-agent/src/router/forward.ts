import http, {
  type Agent,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Endpoint } from '../workloads/types';

/** About one connection, and so neither passed on nor back (RFC 9110 section 7.6.1); `expect` was answered already. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/**
 * Passes a request on and its answer back. Resolves when that is over, however it ended; rejects where the other side did not begin to
 * answer, so that nothing was sent back. A proxy library does the same at twice the price, most of it for what is not needed here.
 *
 * @param options - `agent`: keeps connections, for what can be sent again; left out, the request gets a connection of its own, and its body
 * is passed on
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { endpoint, agent }: { endpoint: Endpoint; agent?: Agent },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      host: endpoint.host,
      port: endpoint.port,
      method: request.method,
      path: request.url,
      headers: passedOn(request),
      agent: agent ?? false,
      setHost: false,
    });
    const abort = () => outgoing.destroy();
    response.once('close', abort);
    outgoing.on('error', error => {
      response.off('close', abort);
      reject(error);
    });
    outgoing.once('response', incoming => {
      response.once('close', resolve);
      response.writeHead(
        incoming.statusCode ?? 502,
        incoming.statusMessage,
        passedBack(incoming, request.httpVersion === '1.0'),
      );
      incoming.once('error', () => response.destroy());
      incoming.pipe(response);
    });
    if (agent) {
      outgoing.end();
    } else {
      request.pipe(outgoing);
    }
  });
}

function passedOn({ rawHeaders, headers, socket }: IncomingMessage): string[] {
  const passed = without(
    rawHeaders,
    name => HOP_BY_HOP.has(name) || isForwardedClaim(name),
  );
  passed.push(
    'x-forwarded-for',
    socket.remoteAddress ?? '',
    'x-forwarded-host',
    headers.host ?? '',
    'x-forwarded-port',
    String(socket.localPort ?? ''),
    'x-forwarded-proto',
    'http',
  );
  return passed;
}

/** A client's claims about where a request came from are not to be believed. */
export function isForwardedClaim(name: string): boolean {
  return name === 'forwarded' || name.startsWith('x-forwarded-');
}

function passedBack(
  { rawHeaders }: IncomingMessage,
  isOldClient: boolean,
): string[] {
  return without(
    rawHeaders,
    name =>
      HOP_BY_HOP.has(name) || (isOldClient && name === 'transfer-encoding'),
  );
}

/** Names and values in turn, as Node has them, less those whose lower-case name is left out. */
function without(
  rawHeaders: string[],
  isLeftOut: (name: string) => boolean,
): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (!isLeftOut(name.toLowerCase())) {
      kept.push(name, rawHeaders[index + 1]);
    }
  }
  return kept;
}
