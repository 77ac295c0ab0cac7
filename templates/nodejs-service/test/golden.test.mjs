import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { npmCi, npmTest } from '../../testing/npm.mjs';
import {
  filesWithPlaceholders,
  readYaml,
  renderSkeleton,
} from '../../testing/renderSkeleton.mjs';
import { passScan, scan } from '../../testing/scan.mjs';
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

test('passes the scan of its pipeline, which says what it is made of', async () => {
  const { report } = await passScan(folder);
  const { bomFormat, components } = await report('sbom.cdx.json');
  assert.equal(bomFormat, 'CycloneDX');
  assert.ok(components.some(({ name }) => name === 'express'));
  const { scan: done, vulnerabilities } = await report('secrets.json');
  assert.deepEqual([done.status, vulnerabilities], ['success', []]);
  const { scan: audit } = await report('dependencies.json');
  assert.ok(['success', 'failure'].includes(audit.status));
});

test('does not pass it with a secret, or a licence that nobody allowed', async () => {
  const secret = ['ghp', 'x'.repeat(36).replaceAll('xxx', 'aB1')].join('_');
  await writeFile(path.join(folder, 'deploy.sh'), `TOKEN=${secret}\n`);
  const leaked = await scan(folder);
  assert.equal(leaked.code, 1);
  assert.match(leaked.output, /deploy\.sh:1 Critical/);
  assert.ok(!leaked.output.includes(secret));
  const { vulnerabilities } = await leaked.report('secrets.json');
  assert.equal(vulnerabilities[0].location.file, 'deploy.sh');
  assert.ok(!JSON.stringify(vulnerabilities).includes(secret));
  await rm(path.join(folder, 'deploy.sh'));

  const file = path.join(folder, 'package-lock.json');
  const lock = JSON.parse(await readFile(file, 'utf8'));
  lock.packages['node_modules/pino'].license = 'AGPL-3.0-only';
  await writeFile(file, JSON.stringify(lock));
  const forbidden = await scan(folder);
  assert.equal(forbidden.code, 1);
  assert.match(forbidden.output, /^ {2}pino: AGPL-3\.0-only$/m);
  await writeFile(
    path.join(folder, 'scan.json'),
    '{ "licences": { "except": { "pino": "We bought it." } } }',
  );
  assert.equal((await scan(folder)).code, 0);
  await writeFile(path.join(folder, 'scan.json'), '{ "licences": [] }');
  assert.match((await scan(folder)).output, /scan\.json: .*licences/s);
});
