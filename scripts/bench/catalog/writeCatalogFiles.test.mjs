import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { generateOrganization } from './generateOrganization.mjs';
import { writeCatalogFiles } from './writeCatalogFiles.mjs';

test('the location leads to all entities, in order', async () => {
  const entities = generateOrganization({ seed: 3, entities: 450, teams: 10 });
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-test-'));
  try {
    const { spec } = parse(
      await readFile(await writeCatalogFiles(folder, entities), 'utf8'),
    );
    const texts = await Promise.all(
      spec.targets.map(target => readFile(path.join(folder, target), 'utf8')),
    );
    const read = texts
      .flatMap(text => parseAllDocuments(text))
      .map(document => document.toJS());
    assert.equal(texts.length, 5);
    assert.deepEqual(read, entities);
  } finally {
    await rm(folder, { recursive: true });
  }
});
