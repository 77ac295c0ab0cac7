import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../src/app.js';

const app = createApp();
let server;
let url;

before(async () => {
  await new Promise(resolve => {
    server = app.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

test('greets', async () => {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    message: 'Hello from ${{ values.name }}',
  });
});

test('is alive, and ready until it stops', async () => {
  assert.equal((await fetch(`${url}/health`)).status, 200);
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  app.locals.ready = false;
  assert.equal((await fetch(`${url}/ready`)).status, 503);
  assert.equal((await fetch(`${url}/health`)).status, 200);
  app.locals.ready = true;
});

test('counts requests by route', async () => {
  await fetch(url);
  const text = await (await fetch(`${url}/metrics`)).text();
  assert.match(
    text,
    /http_request_duration_seconds_count\{method="GET",route="\/",status="200"\} [1-9]/,
  );
});

test('says what is missing', async () => {
  const response = await fetch(`${url}/nowhere`);
  assert.equal(response.status, 404);
  assert.deepEqual(await response.json(), {
    error: 'There is no /nowhere here.',
  });
});
