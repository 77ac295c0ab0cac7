import express from 'express';

const MAX_LENGTH = 1_000;

/** What can be done with notes. */
export function notesRouter(notes) {
  const router = express.Router();

  router.get('/', async (request, response) => {
    response.json({ items: await notes.list() });
  });

  router.post('/', express.json(), async (request, response) => {
    const { text } = request.body ?? {};
    if (typeof text !== 'string' || text === '' || text.length > MAX_LENGTH) {
      response.status(400).json({
        error: `text: Send JSON with a text of 1 to ${MAX_LENGTH} characters.`,
      });
      return;
    }
    response.status(201).json(await notes.add(text));
  });

  router.delete('/:id', async (request, response) => {
    const { id } = request.params;
    const found = /^[1-9]\d{0,17}$/.test(id) && (await notes.remove(id));
    if (found) {
      response.status(204).end();
    } else {
      response.status(404).json({ error: `There is no note ${id}.` });
    }
  });

  return router;
}
