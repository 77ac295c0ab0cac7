import { createServer } from 'node:http';

const DRAIN_MS = 25_000;

/**
 * Serves a site until SIGTERM or SIGINT. Then it says that it isn't ready, takes no new connections,
 * finishes the requests it has, and ends; after 25 seconds it exits anyway.
 */
export function serve(site, port, logger) {
  const server = createServer(site.handle);
  server.once('error', error => {
    logger.fatal({ err: error, port }, 'could not listen');
    process.exit(1);
  });
  server.listen(port, () =>
    logger.info({ port: server.address().port }, 'listening'),
  );

  function stop(signal) {
    if (!site.ready) {
      return;
    }
    site.ready = false;
    logger.info({ signal }, 'stopping');
    server.close(() => logger.info('stopped'));
    server.closeIdleConnections();
    setTimeout(() => {
      logger.warn('requests were still open; exiting');
      process.exit(1);
    }, DRAIN_MS).unref();
  }

  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  return server;
}
