import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
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
  name: 'mailer',
  description: 'Sends "all" mails: each of them once',
  owner: 'group:default/payments',
  system: 'system:default/checkout',
};

let folder;

before(async () => {
  folder = await renderSkeleton(skeleton, values);
});

after(() => rm(folder, { recursive: true, force: true }));

/** Gives the worker something to do, as its README says. */
async function send(env, data) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['src/send.js', 'greet', JSON.stringify(data)],
    { cwd: folder, env: { ...process.env, ...env } },
  );
  assert.match(stdout, /"sent"/);
}

test('describes the worker to the catalog, and its database to the runtime', async () => {
  const { metadata, spec } = await readYaml(folder, 'catalog-info.yaml');
  assert.deepEqual(
    [metadata.name, metadata.description, spec.owner, spec.system],
    ['mailer', values.description, values.owner, values.system],
  );
  const score = await readYaml(folder, 'score.yaml');
  assert.equal(score.metadata.name, 'mailer');
  assert.ok(!('service' in score));
  assert.deepEqual(score.resources, { db: { type: 'postgres' } });
  const { main } = score.containers;
  assert.equal(main.variables.DATABASE_URL, '${resources.db.url}');
  assert.equal(main.readinessProbe.httpGet.path, '/ready');
});

test('leaves no placeholder behind', async () => {
  assert.deepEqual(await filesWithPlaceholders(folder), []);
});

test('has in common with the service with a database what it can', async () => {
  const other = path.join(
    import.meta.dirname,
    '../../nodejs-service-postgres/skeleton',
  );
  for (const name of ['.gitignore', 'src/logger.js']) {
    assert.equal(
      await readFile(path.join(skeleton, name), 'utf8'),
      await readFile(path.join(other, name), 'utf8'),
      `${name} differs; change both`,
    );
  }
});

test('passes its tests without and with a database, does what it is sent, and finishes what it has in hand', async context => {
  await npmCi(folder);
  assert.deepEqual(await npmTest(folder, { TEST_DATABASE_URL: '' }), {
    passed: 4,
    skipped: 4,
  });

  await withPostgres(async url => {
    assert.deepEqual(await npmTest(folder, { TEST_DATABASE_URL: url }), {
      passed: 8,
      skipped: 0,
    });

    const env = { DATABASE_URL: url };
    const first = new Service(context, folder, env);
    assert.equal((await first.listening()).service, 'mailer');
    assert.equal((await first.ask('/ready'))[0], 200);
    await send(env, { name: 'Ada' });
    await first.logged('Hello Ada');
    await first.logged('job done');
    assert.match((await first.ask('/metrics'))[1], /outcome="done"\} 1/);

    // The next version takes over while the first has something in hand.
    const file = path.join(folder, 'src/jobs/greet.js');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace(
        'logger.info(`Hello ${name}`);',
        "logger.info('begun'); await new Promise(resolve => setTimeout(resolve, 1500)); logger.info(`Late ${name}`);",
      ),
    );
    const second = new Service(context, folder, env);
    await second.listening();
    assert.deepEqual(await first.stop(), [0, null]);
    await send(env, { name: 'Grace' });
    await second.logged('begun');
    const ended = second.stop();
    await second.logged('stopping');
    await second.logged('Late Grace');
    await second.logged('stopped');
    assert.deepEqual(await ended, [0, null]);
  });
});

test('passes the scan of its pipeline', async () => {
  await passScan(folder);
});
