import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

test('finishes and exits on SIGTERM', async () => {
  const child = spawn(process.execPath, ['src/main.js'], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  const { msg, port } = JSON.parse(line);
  assert.equal(msg, 'listening');
  assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});
