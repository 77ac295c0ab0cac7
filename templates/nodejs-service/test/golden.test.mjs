import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cp,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { createTemplateRenderer } from 'nunjitsu';
import { parse } from 'yaml';

const run = promisify(execFile);
const skeleton = path.join(import.meta.dirname, '../skeleton');
const values = {
  name: 'orders',
  description: 'Takes "and" tracks orders: all of them',
  owner: 'group:default/payments',
  system: 'system:default/checkout',
};

let folder;

before(async () => {
  folder = await render(values);
});

after(() => rm(folder, { recursive: true, force: true }));

/** Renders the skeleton as the scaffolder does, with the engine the scaffolder uses. */
async function render(context) {
  const target = await mkdtemp(path.join(tmpdir(), 'golden-'));
  await cp(skeleton, target, { recursive: true });
  const renderer = createTemplateRenderer();
  for (const entry of await readdir(target, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath, entry.name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, renderer.render(text, { values: context }));
    }
  }
  return target;
}

async function yaml(name, directory = folder) {
  return parse(await readFile(path.join(directory, name), 'utf8'));
}

test('describes the service to the catalog and to the runtime', async () => {
  const entity = await yaml('catalog-info.yaml');
  assert.equal(entity.metadata.name, 'orders');
  assert.equal(entity.metadata.description, values.description);
  assert.equal(entity.spec.owner, values.owner);
  assert.equal(entity.spec.system, values.system);
  const score = await yaml('score.yaml');
  assert.equal(score.metadata.name, 'orders');
  assert.equal(score.containers.main.readinessProbe.httpGet.path, '/ready');
});

test('does without a system', async () => {
  const target = await render({ ...values, system: undefined });
  const { spec } = await yaml('catalog-info.yaml', target);
  assert.ok(!('system' in spec));
  await rm(target, { recursive: true });
});

test('leaves no placeholder behind', async () => {
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8').catch(() => '');
    assert.ok(!/\$\{\{|\{%/.test(text), `${name} still has a placeholder`);
  }
});

test('installs, passes its tests, serves, and stops when told', async () => {
  await run('npm', ['ci', '--prefer-offline'], { cwd: folder });
  await run('npm', ['test'], { cwd: folder });

  const child = spawn(process.execPath, ['src/main.js'], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { level, port, service } = JSON.parse(line);
  assert.deepEqual([level, service], ['info', 'orders']);
  const ask = async where => {
    const response = await fetch(`http://127.0.0.1:${port}${where}`);
    return [response.status, await response.text()];
  };
  assert.deepEqual(await ask('/'), [200, '{"message":"Hello from orders"}']);
  assert.equal((await ask('/health'))[0], 200);
  assert.equal((await ask('/ready'))[0], 200);
  assert.match((await ask('/metrics'))[1], /process_cpu_seconds_total/);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
