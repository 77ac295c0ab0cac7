import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut: what is connected loses its connection, and nobody gets a new one. */
export class CuttableProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(target: { host: string; port: number }) {
    this.#server = createServer(socket => {
      if (this.#isCut) {
        socket.destroy();
        return;
      }
      const onwards = connect(target);
      [socket, onwards].forEach(end => {
        this.#sockets.add(end);
        end.on('error', () => undefined);
        end.once('close', () => {
          this.#sockets.delete(end);
          socket.destroy();
          onwards.destroy();
        });
      });
      socket.pipe(onwards).pipe(socket);
    });
  }

  static async start(target: { host: string; port: number }) {
    const proxy = new CuttableProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  cut(isCut: boolean): void {
    this.#isCut = isCut;
    if (isCut) {
      this.#sockets.forEach(socket => socket.destroy());
    }
  }

  async stop(): Promise<void> {
    this.cut(true);
    this.#server.close();
    await once(this.#server, 'close');
  }
}
