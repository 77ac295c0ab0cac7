import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

test('runs to its end', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'src/main.js',
  ]);
  const entries = stdout.trim().split('\n').map(line => JSON.parse(line));
  assert.equal(entries.at(0).msg, 'run begins');
  assert.equal(entries.at(-1).msg, 'run done');
});
