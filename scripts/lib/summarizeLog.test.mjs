import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { summarizeLog } from './summarizeLog.mjs';

let folder;
const summary = lines => {
  const file = path.join(folder, 'backend.log');
  writeFileSync(file, lines.map(line => `${line}\n`).join(''));
  return summarizeLog(file);
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-log-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('errors are shown without what surrounds them', () => {
  const stack = 'x'.repeat(5_000);
  assert.equal(
    summary([
      '{"level":"info","plugin":"app","message":"fine"}',
      `{"level":"error","plugin":"auth","message":"no users","stack":"${stack}"}`,
      '{"level":"info","type":"incomingRequest","message":"GET /"}',
    ]),
    'error auth: no users',
  );
});

test('without errors the last lines are shown', () => {
  assert.equal(
    summary(['{"level":"info","service":"backstage","message":"Listening"}']),
    'info backstage: Listening',
  );
});
