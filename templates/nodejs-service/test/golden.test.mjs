import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { npmCi, npmTest } from '../../testing/npm.mjs';
import {
  filesWithPlaceholders,
  readYaml,
  renderSkeleton,
} from '../../testing/renderSkeleton.mjs';
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

test('describes the service to the catalog and to the runtime', async () => {
  const entity = await readYaml(folder, 'catalog-info.yaml');
  assert.equal(entity.metadata.name, 'orders');
  assert.equal(entity.metadata.description, values.description);
  assert.equal(entity.spec.owner, values.owner);
  assert.equal(entity.spec.system, values.system);
  const score = await readYaml(folder, 'score.yaml');
  assert.equal(score.metadata.name, 'orders');
  assert.equal(score.containers.main.readinessProbe.httpGet.path, '/ready');
});

test('does without a system', async () => {
  const target = await renderSkeleton(skeleton, {
    ...values,
    system: undefined,
  });
  const { spec } = await readYaml(target, 'catalog-info.yaml');
  assert.ok(!('system' in spec));
  await rm(target, { recursive: true });
});

test('leaves no placeholder behind', async () => {
  assert.deepEqual(await filesWithPlaceholders(folder), []);
});

test('installs, passes its tests, serves, and stops when told', async context => {
  await npmCi(folder);
  assert.deepEqual(await npmTest(folder), { passed: 5, skipped: 0 });

  const service = new Service(context, folder);
  const { level, service: name } = await service.listening();
  assert.deepEqual([level, name], ['info', 'orders']);
  assert.deepEqual(await service.ask('/'), [
    200,
    '{"message":"Hello from orders"}',
  ]);
  assert.equal((await service.ask('/health'))[0], 200);
  assert.equal((await service.ask('/ready'))[0], 200);
  assert.match((await service.ask('/metrics'))[1], /process_cpu_seconds_total/);
  assert.deepEqual(await service.stop(), [0, null]);
});
