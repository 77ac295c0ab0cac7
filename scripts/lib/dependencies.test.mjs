import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { dependenciesAreCurrent } from './dependencies.mjs';

let folder;
const write = (name, value) =>
  writeFileSync(path.join(folder, name), JSON.stringify(value));
const lock = packages => ({ lockfileVersion: 3, packages });

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-dependencies-'));
  mkdirSync(path.join(folder, 'node_modules'));
  write('package.json', { name: 'example' });
  write(
    'package-lock.json',
    lock({
      '': { name: 'example' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-other-platform': { version: '1.0.0', optional: true },
    }),
  );
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const installed = packages =>
  write('node_modules/.package-lock.json', lock(packages));

test('an install that was interrupted is not current', () => {
  assert.equal(dependenciesAreCurrent(folder), false);
});

test("npm's record of the same versions is, until the lock file changes", () => {
  installed({ 'node_modules/a': { version: '1.0.0' } });
  assert.equal(dependenciesAreCurrent(folder), true);
  assert.equal(dependenciesAreCurrent(folder), true);
  write('package-lock.json', lock({ 'node_modules/a': { version: '2.0.0' } }));
  assert.equal(dependenciesAreCurrent(folder), false);
});

test('a missing package is noticed', () => {
  installed({});
  assert.equal(dependenciesAreCurrent(folder), false);
});
