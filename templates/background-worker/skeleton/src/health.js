import { createServer } from 'node:http';
import { metrics } from './metrics.js';

/**
 * Says how the worker is, to the platform alone. `check` rejects where it can't work; `health.ready` is told to be false
 * when it stops.
 */
export function serveHealth({ port, check, logger }) {
  const health = { ready: true, close: () => server.close() };

  const answers = {
    // Alive: answers as long as the process works at all. Starting anew doesn't bring a database back.
    '/health': async () => [200, { status: 'ok' }],
    '/ready': async () => {
      const ready = health.ready && (await isWell());
      return [ready ? 200 : 503, { ready }];
    },
    '/metrics': async () => [200, await metrics.metrics()],
  };

  async function isWell() {
    try {
      await check();
      return true;
    } catch (error) {
      logger.warn({ err: error }, 'the database does not answer');
      return false;
    }
  }

  const server = createServer(async (request, response) => {
    const answer = answers[request.url.split('?')[0]];
    const [status, body] = answer
      ? await answer()
      : [404, { error: `There is no ${request.url} here.` }];
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'content-type': isText ? metrics.contentType : 'application/json',
    });
    response.end(isText ? body : JSON.stringify(body));
  });
  server.once('error', error => {
    logger.fatal({ err: error, port }, 'could not listen');
    process.exit(1);
  });
  server.listen(port, () =>
    logger.info({ port: server.address().port }, 'listening'),
  );
  return health;
}
