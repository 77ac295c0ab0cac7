import { createServer } from 'node:net';
import { codeOf } from '../AgentError';

const handedOut = new Set<number>();

/**
 * A TCP port that is free on IPv4 and IPv6 now and that was not handed out before. Another program
 * can still take it before the service does: whoever starts the service tries again with another one.
 */
export async function allocatePort(): Promise<number> {
  for (;;) {
    const port = await freePort('::').catch(error => {
      if (['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(error) ?? '')) {
        return freePort('0.0.0.0');
      }
      throw error;
    });
    if (!handedOut.has(port)) {
      handedOut.add(port);
      return port;
    }
  }
}

/** Gives a port back that nothing listens on any more. */
export function releasePort(port: number): void {
  handedOut.delete(port);
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('The system gave no port.')),
      );
    });
  });
}
