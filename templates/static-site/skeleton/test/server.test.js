import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

/** The site as score.yaml starts it; answers its address and its process. */
async function start(context) {
  const child = spawn(process.execPath, ['src/main.js'], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  const { msg, port } = JSON.parse(line);
  assert.equal(msg, 'listening');
  return { child, lines, url: `http://127.0.0.1:${port}` };
}

test('serves pages that are asked for anew, and assets that are kept', async context => {
  const { url } = await start(context);
  const page = await fetch(url);
  assert.equal(page.status, 200);
  assert.equal(page.headers.get('content-type'), 'text/html;charset=utf-8');
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  const [asset] = (await page.text()).match(/\/assets\/styles-\w+\.css/);
  const style = await fetch(url + asset, {
    headers: { 'accept-encoding': 'br' },
  });
  assert.equal(style.headers.get('content-encoding'), 'br');
  assert.equal(
    style.headers.get('cache-control'),
    'public, max-age=31536000, immutable',
  );
  assert.equal((await fetch(`${url}/about`)).status, 200);

  const again = await fetch(url, {
    headers: { 'if-none-match': page.headers.get('etag') },
  });
  assert.equal(again.status, 304);
});

test('lets the browser load nothing from elsewhere', async context => {
  const { url } = await start(context);
  for (const where of ['/', '/nowhere', '/health']) {
    const { headers } = await fetch(url + where);
    assert.match(headers.get('content-security-policy'), /default-src 'self'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  }
});

test('shows its own page where there is none, and says so in the log', async context => {
  const { url, lines } = await start(context);
  const logged = once(lines, 'line');
  const response = await fetch(`${url}/nowhere`);
  assert.equal(response.status, 404);
  assert.match(await response.text(), /There is no such page/);
  const [line] = await logged;
  const { msg, path } = JSON.parse(line);
  assert.deepEqual([msg, path], ['not found', '/nowhere']);
  assert.equal((await fetch(`${url}/../package.json`)).status, 404);
  assert.equal((await fetch(`${url}/%2e%2e%2fpackage.json`)).status, 404);
  assert.equal((await fetch(url, { method: 'POST' })).status, 405);
});

test('is alive and ready, and ends on SIGTERM', async context => {
  const { url, child } = await start(context);
  assert.equal((await fetch(`${url}/health`)).status, 200);
  assert.equal((await fetch(`${url}/ready`)).status, 200);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
