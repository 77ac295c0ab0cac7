import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { identify } from './processes.mjs';
import { StartLock } from './StartLock.mjs';

let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-lock-'));
  file = path.join(folder, 'start.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a second starter is told where the first one is', () => {
  new StartLock(folder).acquire({ url: 'http://localhost:7007' });
  assert.throws(
    () => new StartLock(folder).acquire({ url: 'http://localhost:7007' }),
    {
      name: 'UserError',
      message: new RegExp(
        `already running.*http://localhost:7007 \\(process ${process.pid}\\)`,
      ),
    },
  );
});

test('a released lock is free', () => {
  const lock = new StartLock(folder);
  lock.acquire({ url: 'one' });
  lock.release();
  assert.equal(existsSync(file), false);
  new StartLock(folder).acquire({ url: 'two' });
});

test('the lock of a starter that was killed is taken over', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const owner = identify(child.pid);
  writeFileSync(file, JSON.stringify({ ...owner, url: 'gone' }));
  assert.throws(() => new StartLock(folder).acquire({ url: 'new' }), /gone/);
  child.kill('SIGKILL');
  await once(child, 'exit');
  new StartLock(folder).acquire({ url: 'new' });
});

test('another process with the same id does not hold the lock', () => {
  writeFileSync(
    file,
    JSON.stringify({ pid: process.pid, startedAt: 'long ago', url: 'old' }),
  );
  new StartLock(folder).acquire({ url: 'new' });
});

test('a lock that cannot be read counts as stale', () => {
  writeFileSync(file, '{"pid":');
  new StartLock(folder).acquire({ url: 'new' });
});
