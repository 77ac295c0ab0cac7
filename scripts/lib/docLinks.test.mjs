import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anchorsOf, findBrokenLinks } from './docLinks.mjs';

const existing = new Set(['README.md', 'docs/guide.md', 'docs']);
const find = texts =>
  findBrokenLinks(new Map(Object.entries(texts)), file => existing.has(file));

test('links that lead somewhere are accepted', () => {
  const faults = find({
    'README.md':
      '[guide](docs/guide.md#second-step) [docs](./docs) [top](#slipway)\n# Slipway\n[web](https://example.com) `[not](a-link.md)`\n```\n[nor](this.md)\n```\n',
    'docs/guide.md': '# Guide\n## Second step\n[back](../README.md)',
  });
  assert.deepEqual(faults, []);
});

test('a missing file and a missing heading are named with the place', () => {
  const faults = find({
    'README.md': '[a](docs/none.md) [b](docs/guide.md#third)',
    'docs/guide.md': '# Guide',
  });
  assert.deepEqual(faults, [
    'README.md: link to docs/none.md: there is no such file',
    'README.md: link to docs/guide.md#third: docs/guide.md has no heading with that anchor',
  ]);
});

test('equal headings get numbered anchors', () => {
  assert.deepEqual(
    [...anchorsOf('# `npm start`: why?\n## Notes\n## Notes\n')],
    ['npm-start-why', 'notes', 'notes-1'],
  );
});
