import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApp } from '../src/app.js';
import { InMemoryNotes } from './support/InMemoryNotes.js';
import { serveApp } from './support/serveApp.js';

async function start(context, checkDatabase = async () => {}) {
  const app = createApp({ notes: new InMemoryNotes(), checkDatabase });
  return { app, url: await serveApp(context, app) };
}

async function post(url, body) {
  const response = await fetch(`${url}/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

test('greets', async context => {
  const { url } = await start(context);
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    message: 'Hello from ${{ values.name }}',
  });
});

test('keeps notes', async context => {
  const { url } = await start(context);
  const [status, first] = await post(url, { text: 'Buy milk' });
  assert.deepEqual([status, first.text], [201, 'Buy milk']);
  await post(url, { text: 'Sell milk' });

  const list = async () => (await (await fetch(`${url}/notes`)).json()).items;
  assert.deepEqual(
    (await list()).map(({ text }) => text),
    ['Sell milk', 'Buy milk'],
  );
  const remove = id => fetch(`${url}/notes/${id}`, { method: 'DELETE' });
  assert.equal((await remove(first.id)).status, 204);
  assert.equal((await remove(first.id)).status, 404);
  assert.equal((await remove('1 or 1=1')).status, 404);
  assert.equal((await list()).length, 1);
});

test('says what is wrong with a note', async context => {
  const { url } = await start(context);
  for (const body of [
    {},
    { text: '' },
    { text: 7 },
    { text: 'x'.repeat(1001) },
  ]) {
    const [status, { error }] = await post(url, body);
    assert.deepEqual(
      [status, error],
      [400, 'text: Send JSON with a text of 1 to 1000 characters.'],
    );
  }
});

test('is alive, and ready until it stops or the database is away', async context => {
  let isAway = false;
  const { app, url } = await start(context, async () => {
    if (isAway) {
      throw new Error('connection refused');
    }
  });
  const ask = async where => (await fetch(`${url}${where}`)).status;
  assert.equal(await ask('/ready'), 200);
  isAway = true;
  assert.equal(await ask('/ready'), 503);
  assert.equal(await ask('/health'), 200);
  isAway = false;
  assert.equal(await ask('/ready'), 200);
  app.locals.ready = false;
  assert.equal(await ask('/ready'), 503);
  assert.equal(await ask('/health'), 200);
});

test('counts requests by route', async context => {
  const { url } = await start(context);
  await fetch(url);
  const text = await (await fetch(`${url}/metrics`)).text();
  assert.match(
    text,
    /http_request_duration_seconds_count\{method="GET",route="\/",status="200"\} [1-9]/,
  );
});

test('says what is missing', async context => {
  const { url } = await start(context);
  const response = await fetch(`${url}/nowhere`);
  assert.equal(response.status, 404);
  assert.deepEqual(await response.json(), {
    error: 'There is no /nowhere here.',
  });
});
