import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { generateOrganization } from './generateOrganization.mjs';
import { writeCatalogFiles } from './writeCatalogFiles.mjs';

test('the location leads to all entities, in order', async () => {
  const entities = generateOrganization({
    seed: 3,
    entities: 10_050,
    teams: 10,
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-test-'));
  try {
    const targetsOf = async file =>
      parse(await readFile(file, 'utf8')).spec.targets.map(target =>
        path.join(folder, target),
      );
    const locations = await targetsOf(
      await writeCatalogFiles(folder, entities),
    );
    const files = (await Promise.all(locations.map(targetsOf))).flat();
    const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
    const read = texts
      .flatMap(text => parseAllDocuments(text))
      .map(document => document.toJS());
    assert.deepEqual([locations.length, texts.length], [2, 101]);
    assert.deepEqual(read, entities);
  } finally {
    await rm(folder, { recursive: true });
  }
});
