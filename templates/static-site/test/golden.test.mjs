import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
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
  name: 'handbook',
  description: 'How we "work" & rest: <all> of it',
  owner: 'group:default/payments',
  system: 'system:default/checkout',
};
const PASSED = { passed: 8, skipped: 0 };

let folder;

before(async () => {
  folder = await renderSkeleton(skeleton, values);
});

after(() => rm(folder, { recursive: true, force: true }));

/** Changes a file, and answers what changes it back. */
async function change(name, from, to) {
  const file = path.join(folder, name);
  const text = await readFile(file, 'utf8');
  assert.ok(text.includes(from), `${name} has no ${from}`);
  await writeFile(file, text.replace(from, to));
  return () => writeFile(file, text);
}

test('describes the site to the catalog and to the runtime', async () => {
  const { metadata, spec } = await readYaml(folder, 'catalog-info.yaml');
  assert.deepEqual(
    [metadata.name, metadata.description, spec.owner, spec.system, spec.type],
    ['handbook', values.description, values.owner, values.system, 'website'],
  );
  const score = await readYaml(folder, 'score.yaml');
  assert.equal(score.metadata.name, 'handbook');
  assert.equal(score.containers.main.readinessProbe.httpGet.path, '/ready');
});

test('leaves no placeholder behind', async () => {
  assert.deepEqual(await filesWithPlaceholders(folder), []);
});

test('has in common with the Node.js service what it can', async () => {
  const plain = path.join(import.meta.dirname, '../../nodejs-service/skeleton');
  for (const name of ['score.yaml', 'src/logger.js']) {
    assert.equal(
      await readFile(path.join(skeleton, name), 'utf8'),
      await readFile(path.join(plain, name), 'utf8'),
      `${name} differs; change both`,
    );
  }
});

test('installs, passes its tests, serves without what built it, and stops when told', async context => {
  await npmCi(folder);
  assert.deepEqual(await npmTest(folder), PASSED);

  for (const [name, from, to, complaint] of [
    ['site/index.html', 'href="/about"', 'href="/abuot"', /leads nowhere/],
    ['site/about.html', 'href="/"', 'href="/#news"', /no such part/],
    ['site/about.html', ' lang="en"', '', /about\.html: lang/],
    ['site/404.html', 'Not found: handbook', '', /404\.html: title/],
    [
      'site/index.html',
      '</main>',
      '<img src="/favicon.svg"></main>',
      /every picture has a text/,
    ],
    [
      'site/styles.css',
      'margin: 0',
      "background: url('gone.png')",
      /gone\.png/,
    ],
  ]) {
    const changeBack = await change(name, from, to);
    await assert.rejects(npmTest(folder), complaint, `${name}: ${to}`);
    await changeBack();
  }

  await promisify(execFile)('npm', ['run', 'build'], { cwd: folder });
  await promisify(execFile)('npm', ['prune', '--omit=dev'], { cwd: folder });
  const site = new Service(context, folder);
  const { level, service: name } = await site.listening();
  assert.deepEqual([level, name], ['info', 'handbook']);
  const [status, page] = await site.ask('/');
  assert.equal(status, 200);
  assert.match(
    page,
    /<p>How we &quot;work&quot; &amp; rest: &lt;all&gt; of it<\/p>/,
  );
  const [asset] = page.match(/\/assets\/styles-\w+\.css/);
  assert.match((await site.ask(asset))[1], /color-scheme:light dark/);
  assert.match((await site.ask('/about'))[1], /About this site/);
  assert.equal((await site.ask('/nowhere'))[0], 404);
  assert.equal((await site.ask('/ready'))[0], 200);
  assert.deepEqual(await site.stop(), [0, null]);
});

// After the test before, which leaves only what is needed to run it.
test('passes the scan of its pipeline', async () => {
  await passScan(folder);
});
