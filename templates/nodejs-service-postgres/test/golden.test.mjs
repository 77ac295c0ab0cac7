import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { withPostgres } from '../../../scripts/lib/withPostgres.mjs';
import { npmCi, npmTest } from '../../testing/npm.mjs';
import {
  filesWithPlaceholders,
  readYaml,
  renderSkeleton,
} from '../../testing/renderSkeleton.mjs';
import { passScan } from '../../testing/scan.mjs';
import { Service } from '../../testing/Service.mjs';

const skeleton = path.join(import.meta.dirname, '../skeleton');
const values = {
  name: 'orders',
  description: 'Takes "and" tracks orders: all of them',
  owner: 'group:default/payments',
  system: 'system:default/checkout',
};

let folder;

before(async () => {
  folder = await renderSkeleton(skeleton, values);
});

after(() => rm(folder, { recursive: true, force: true }));

test('describes the service to the catalog, and its database to the runtime', async () => {
  const { metadata, spec } = await readYaml(folder, 'catalog-info.yaml');
  assert.deepEqual(
    [metadata.name, metadata.description, spec.owner, spec.system],
    ['orders', values.description, values.owner, values.system],
  );
  const {
    metadata: named,
    containers,
    resources,
  } = await readYaml(folder, 'score.yaml');
  assert.equal(named.name, 'orders');
  assert.deepEqual(resources, { db: { type: 'postgres' } });
  assert.equal(containers.main.variables.DATABASE_URL, '${resources.db.url}');
  assert.equal(containers.main.readinessProbe.httpGet.path, '/ready');
});

test('leaves no placeholder behind', async () => {
  assert.deepEqual(await filesWithPlaceholders(folder), []);
});

test('has in common with the service without a database what it can', async () => {
  const plain = path.join(import.meta.dirname, '../../nodejs-service/skeleton');
  for (const name of [
    '.gitignore',
    ...['logger', 'metrics', 'server'].map(file => `src/${file}.js`),
  ]) {
    assert.equal(
      await readFile(path.join(skeleton, name), 'utf8'),
      await readFile(path.join(plain, name), 'utf8'),
      `${name} differs; change both`,
    );
  }
});

test('passes its tests without and with a database, keeps what it is told, and is stopped by a migration that fails', async context => {
  await npmCi(folder);
  assert.deepEqual(await npmTest(folder, { TEST_DATABASE_URL: '' }), {
    passed: 8,
    skipped: 3,
  });

  await withPostgres(async url => {
    assert.deepEqual(await npmTest(folder, { TEST_DATABASE_URL: url }), {
      passed: 11,
      skipped: 0,
    });

    const env = { DATABASE_URL: url };
    const first = new Service(context, folder, env);
    assert.equal((await first.listening()).service, 'orders');
    assert.equal((await first.ask('/ready'))[0], 200);
    const [status] = await first.ask('/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"Buy milk"}',
    });
    assert.equal(status, 201);

    // The next version changes the database before it takes over, and leaves the first one working.
    const migration = path.join(folder, 'migrations/1764000000001_tags.sql');
    await writeFile(migration, 'alter table notes add column tag text;');
    const second = new Service(context, folder, env);
    assert.deepEqual((await second.logged('migrated')).migrations, [
      '1764000000001_tags',
    ]);
    await second.listening();
    assert.match((await first.ask('/notes'))[1], /Buy milk/);
    assert.deepEqual(await first.stop(), [0, null]);

    // All of a version's migrations, or none.
    await writeFile(
      path.join(folder, 'migrations/1764000000002_more.sql'),
      'alter table notes add column more text;',
    );
    await writeFile(
      path.join(folder, 'migrations/1764000000003_broken.sql'),
      'alter table nowhere add column more text;',
    );
    const third = new Service(context, folder, env);
    const { level, msg } = await third.logged(/could not be migrated/);
    assert.equal(level, 'fatal');
    assert.match(msg, /relation "nowhere" does not exist/);
    assert.deepEqual(await third.ended(), [1, null]);
    const [, notes] = await second.ask('/notes');
    assert.match(notes, /Buy milk/);
    assert.doesNotMatch(notes, /more/);
    assert.deepEqual(await second.stop(), [0, null]);
  });
});

test('passes the scan of its pipeline', async () => {
  await passScan(folder);
});
