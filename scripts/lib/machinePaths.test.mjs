import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMachinePaths } from './machinePaths.mjs';

test('a path of one machine is found with its place', () => {
  const folder = ['', 'home', 'mara', 'slipway'].join('/');
  const files = new Map([
    ['docs/a.md', `first\nsee ${folder}/notes.txt\n`],
    ['src/b.ts', "const route = '/homepage'; const url = 'http://x/home/y';"],
  ]);
  assert.deepEqual(findMachinePaths(files), [
    `docs/a.md:2: ${folder}/notes.txt`,
  ]);
});
