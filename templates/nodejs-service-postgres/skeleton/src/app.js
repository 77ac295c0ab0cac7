import express from 'express';
import { logger } from './logger.js';
import { measure, metrics } from './metrics.js';
import { notesRouter } from './notes/notesRouter.js';

const name = '${{ values.name }}';

/** The service's routes. Whether it is ready for requests is told by `app.locals.ready` and the database. */
export function createApp({ notes, checkDatabase }) {
  const app = express();
  app.disable('x-powered-by');
  app.locals.ready = true;
  app.use(measure);

  app.get('/', (request, response) => {
    response.json({ message: `Hello from ${name}` });
  });

  app.use('/notes', notesRouter(notes));

  // Alive: answers as long as the process works at all. Starting anew doesn't bring a database back.
  app.get('/health', (request, response) => {
    response.json({ status: 'ok' });
  });

  // Ready: 503 while it stops or can't reach its database, so that no new requests are sent here.
  app.get('/ready', async (request, response) => {
    const ready = app.locals.ready && (await isUp(checkDatabase));
    response.status(ready ? 200 : 503).json({ ready });
  });

  app.get('/metrics', async (request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });

  app.use((request, response) => {
    response.status(404).json({ error: `There is no ${request.path} here.` });
  });

  // Express knows an error handler by its four parameters.
  app.use((error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = error.status ?? 500;
    if (status >= 500) {
      logger.error({ err: error, path: request.path }, 'request failed');
    }
    response
      .status(status)
      .json({ error: status >= 500 ? 'Something went wrong.' : error.message });
  });

  return app;
}

async function isUp(checkDatabase) {
  try {
    await checkDatabase();
    return true;
  } catch (error) {
    logger.warn({ err: error }, 'the database does not answer');
    return false;
  }
}
