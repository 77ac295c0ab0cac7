import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fingerprint } from './fingerprint.mjs';

let folder;
const write = (name, content) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
};
const digest = () => fingerprint(folder, [folder]);

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-fingerprint-'));
  write('src/index.ts', 'export {};');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('it changes with the content and the names of sources only', () => {
  const before = digest();
  write('dist/index.js', 'built');
  write('node_modules/x/index.js', 'installed');
  write('src/index.test.ts', 'tested');
  write('src/index.ts', 'export {};');
  assert.equal(digest(), before);
  write('src/index.ts', 'export const a = 1;');
  const changed = digest();
  assert.notEqual(changed, before);
  write('src/more.ts', '');
  assert.notEqual(digest(), changed);
});
