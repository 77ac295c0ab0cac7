import type { RedisConnection } from '../server/RedisConnection';
import { RedisServer, type RedisServerOptions } from '../server/RedisServer';

/** What changes the server. */
const CHANGES = [
  'setUser',
  'deleteUser',
  'disconnectUser',
  'saveUsers',
  'removeKeys',
];

/** The same server for a process that dies where it would make one change more. */
export class DyingRedisServer extends RedisServer {
  readonly #budget: { effects: number };

  constructor(options: RedisServerOptions, budget: { effects: number }) {
    super(options);
    this.#budget = budget;
  }

  connected<T>(
    signal: AbortSignal,
    work: (connection: RedisConnection) => Promise<T>,
  ): Promise<T> {
    return super.connected(signal, connection => work(this.#dying(connection)));
  }

  #dying(connection: RedisConnection): RedisConnection {
    return new Proxy(connection, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') {
          return value;
        }
        return (...args: unknown[]) => {
          if (CHANGES.includes(String(name))) {
            if (this.#budget.effects === 0) {
              throw new Error('The process has died.');
            }
            this.#budget.effects -= 1;
          }
          return Reflect.apply(value, target, args);
        };
      },
    });
  }
}
