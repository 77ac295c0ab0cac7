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
import { passScan } from '../../testing/scan.mjs';
import { Service } from '../../testing/Service.mjs';

const skeleton = path.join(import.meta.dirname, '../skeleton');
const values = {
  name: 'report',
  description: 'Writes "the" report: each night',
  owner: 'group:default/payments',
  system: 'system:default/checkout',
  schedule: '30 3 * * 1-5',
  timeZone: 'Europe/Berlin',
};

let folder;

before(async () => {
  folder = await renderSkeleton(skeleton, values);
});

after(() => rm(folder, { recursive: true, force: true }));

test('describes the job to the catalog, and its times to the runtime', async () => {
  const { metadata, spec } = await readYaml(folder, 'catalog-info.yaml');
  assert.deepEqual(
    [metadata.name, metadata.description, spec.owner, spec.system],
    ['report', values.description, values.owner, values.system],
  );
  const score = await readYaml(folder, 'score.yaml');
  assert.deepEqual(score.metadata, {
    name: 'report',
    annotations: {
      'slipway.dev/schedule': '30 3 * * 1-5',
      'slipway.dev/time-zone': 'Europe/Berlin',
      'slipway.dev/time-limit': '30m',
    },
  });
  assert.ok(!('service' in score));
});

test('asks for a schedule as score.yaml may hold it', async () => {
  const { spec } = await readYaml(
    path.join(import.meta.dirname, '..'),
    'template.yaml',
  );
  const { schedule, timeZone } = spec.parameters[1].properties;
  const accepts = ({ pattern }, text) => new RegExp(pattern, 'u').test(text);
  for (const text of [
    schedule.default,
    '*/15 * * * *',
    '0 9 1 JAN-JUN MON#1',
  ]) {
    assert.ok(accepts(schedule, text), text);
  }
  for (const text of ['', 'daily', '* * * *', '* * * * * *']) {
    assert.ok(!accepts(schedule, text), text);
  }
  for (const text of [timeZone.default, 'Europe/Berlin', 'Etc/GMT+1']) {
    assert.ok(accepts(timeZone, text), text);
  }
});

test('leaves no placeholder behind', async () => {
  assert.deepEqual(await filesWithPlaceholders(folder), []);
});

test('has in common with the Node.js service what it can', async () => {
  const plain = path.join(import.meta.dirname, '../../nodejs-service/skeleton');
  for (const name of ['.gitignore', '.gitlab-ci.yml', 'src/logger.js']) {
    assert.equal(
      await readFile(path.join(skeleton, name), 'utf8'),
      await readFile(path.join(plain, name), 'utf8'),
      `${name} differs; change both`,
    );
  }
});

test('installs, passes its tests, runs to its end, and says by its exit code how that went', async context => {
  await npmCi(folder);
  assert.deepEqual(await npmTest(folder), { passed: 5, skipped: 0 });

  const good = new Service(context, folder);
  const { level, service, steps } = await good.logged('run done');
  assert.deepEqual([level, service, steps], ['info', 'report', 3]);
  assert.deepEqual(await good.ended(), [0, null]);

  const file = path.join(folder, 'src/job.js');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('delay(10,', 'delay(60_000,'));
  const stopped = new Service(context, folder);
  await stopped.logged('run begins');
  const ended = stopped.stop();
  await stopped.logged('run failed: it was stopped by SIGTERM');
  assert.deepEqual(await ended, [1, null]);

  await writeFile(file, text.replace('logger.info(', 'logger.nothing('));
  const bad = new Service(context, folder);
  const failure = await bad.logged(/^run failed: logger\.nothing/);
  assert.equal(failure.level, 'error');
  assert.deepEqual(await bad.ended(), [1, null]);
});

test('passes the scan of its pipeline', async () => {
  await passScan(folder);
});
