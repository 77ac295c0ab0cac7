import { createServer } from 'node:net';
import { once } from 'node:events';
import { TestRedis } from '../__testUtils__/TestRedis';
import { RedisServer } from './RedisServer';

const signal = new AbortController().signal;

describe('RedisServer', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await TestRedis.start();
  });
  afterAll(() => redis?.remove());

  it('says that nobody answers', async () => {
    const stopped = await TestRedis.start();
    const server = stopped.server();
    await stopped.stop();
    await expect(
      server.connected(signal, connection => connection.user('default')),
    ).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /"shared" can't be reached .*ECONNREFUSED.* Try again/,
      ),
    });
    await stopped.start();
    await expect(
      server.connected(signal, connection => connection.user('default')),
    ).resolves.toMatchObject({ keys: '~*' });
    await stopped.remove();
  });

  it('does not wait for one that fell silent', async () => {
    const server = redis.server('shared', { silenceMs: 300 });
    redis.freeze(true);
    try {
      await expect(
        server.connected(signal, connection => connection.user('default')),
      ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    } finally {
      redis.freeze(false);
    }
  });

  it('stops when it is cancelled, in the middle of a command', async () => {
    const cancel = new AbortController();
    const work = redis.server().connected(cancel.signal, async connection => {
      redis.freeze(true);
      const answer = connection.user('default');
      cancel.abort();
      return await answer;
    });
    try {
      await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      redis.freeze(false);
    }
  });

  it('stops when it is cancelled while it connects', async () => {
    const cancel = new AbortController();
    redis.freeze(true);
    const work = redis
      .server()
      .connected(cancel.signal, connection => connection.user('default'));
    cancel.abort();
    try {
      await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      redis.freeze(false);
    }
  });

  it.each([
    [
      'a wrong password',
      (url: URL) => Object.assign(url, { password: 'no-such' }),
    ],
    ['no credentials', (url: URL) => Object.assign(url, { password: '' })],
  ])(
    'says that the server refuses %s, and no password',
    async (_what, change) => {
      const server = new RedisServer({
        name: 'shared',
        url: change(redis.url),
        host: '127.0.0.1',
        port: redis.port,
      });
      const refused = await server
        .connected(signal, connection => connection.user('default'))
        .catch(error => error);
      expect(refused).toMatchObject({
        name: 'OperationFailedError',
        message: expect.stringContaining("refuses the platform's own user"),
        hint: expect.stringContaining('platform.redis.servers'),
      });
      expect(JSON.stringify([refused.message, refused.hint])).not.toContain(
        'no-such',
      );
    },
  );

  it('says which rights its user lacks', async () => {
    await redis.ask(
      'ACL SETUSER weak reset on >weak ~* +@connection +info'.split(' '),
    );
    const url = redis.url;
    url.username = 'weak';
    url.password = 'weak';
    const server = new RedisServer({
      ...{ name: 'shared', url, host: '127.0.0.1', port: redis.port },
    });
    await expect(
      server.connected(signal, connection => connection.user('default')),
    ).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining("'acl|getuser'"),
    });
  });

  it('refuses a server that is too old', async () => {
    const info = '# Server\r\nredis_version:6.2.14\r\n';
    const old = createServer(socket =>
      socket.on('data', data =>
        String(data)
          .match(/^\*\d+/gm)
          ?.forEach(() =>
            socket.write(
              /INFO\r\n\$6\r\nserver/.test(String(data))
                ? `$${info.length}\r\n${info}\r\n`
                : '+OK\r\n',
            ),
          ),
      ),
    ).listen(0, '127.0.0.1');
    await once(old, 'listening');
    const address = old.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const server = new RedisServer({
      name: 'old',
      url: new URL(`redis://127.0.0.1:${port}`),
      host: '127.0.0.1',
      port,
    });
    await expect(
      server.connected(signal, connection => connection.user('default')),
    ).rejects.toThrow('"old" is version 6.2.14; users are made on version 7');
    old.close();
  });
});
