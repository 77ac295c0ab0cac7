import { createClient } from '@redis/client';

/** A client that doesn't connect again by itself, and closes what falls silent. */
export function createRedisClient(url: URL, silenceMs: number) {
  const client = createClient({
    url: url.href,
    // The newest protocol that every version and every proxy speaks.
    RESP: 2,
    name: 'slipway',
    socket: {
      connectTimeout: silenceMs,
      socketTimeout: silenceMs,
      reconnectStrategy: false,
    },
  });
  // Whoever waits for a command is told; an event without a listener would end the process.
  client.on('error', () => undefined);
  return client;
}

export type RedisClient = ReturnType<typeof createRedisClient>;
