import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from './paths.mjs';

const run = promisify(execFile);

let folder;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-clone-'));
  for (const name of ['scripts', 'package.json']) {
    await cp(path.join(root, name), path.join(folder, name), {
      recursive: true,
    });
  }
});

after(() => rm(folder, { recursive: true, force: true }));

// What installs the packages can't need one.
for (const name of ['startPortal.mjs', 'runTests.mjs', 'encryptionKeys.mjs']) {
  test(`${name} loads where nothing is installed yet`, async () => {
    const script = `await import('./scripts/lib/${name}')`;
    await assert.doesNotReject(
      run(process.execPath, ['--input-type=module', '-e', script], {
        cwd: folder,
      }),
    );
  });
}
