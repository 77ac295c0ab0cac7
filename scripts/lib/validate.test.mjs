import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from './paths.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'slipway-validate-test-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs `npm run validate`, as somebody in `cwd` would. */
function validate({ env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(root, 'scripts/validate.mjs')],
      { cwd, env: { ...process.env, ...env } },
    );
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', chunk => (output.stdout += chunk));
    child.stderr.on('data', chunk => (output.stderr += chunk));
    child.once('error', reject);
    child.once('close', code => resolve({ code, ...output }));
  });
}

describe('npm run validate', () => {
  it('finds nothing wrong with the environments of this repository', async () => {
    const { code, stdout, stderr } = await validate();
    assert.equal(stderr, '');
    assert.match(
      stdout,
      /^3 environments and \d+ resource definitions in \d+ files are valid.*\n2 on-call rotations in 2 files are valid/,
    );
    assert.equal(code, 0);
  });

  it('says file and line of what is wrong, the providers asked too', async () => {
    writeFileSync(
      path.join(folder, 'all.yaml'),
      `apiVersion: slipway.dev/v1
kind: Environment
metadata: { name: dev }
spec: { order: 1, autodeploy: true }
---
apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: redis }
spec:
  match: { type: redis }
  provider: redis
  defaults: { commands: all }
`,
    );
    const { code, stdout, stderr } = await validate({
      env: {
        APP_CONFIG_platform_environmentsFrom: path.join(folder, '*.yaml'),
      },
      cwd: folder,
    });
    const [spelling, command, end] = stderr.split('\n');
    assert.equal(
      spelling,
      'all.yaml:4: spec has no field "autodeploy". Did you mean "autoDeploy"?',
    );
    assert.match(
      command,
      /^all\.yaml:12: spec\.defaults\.commands is not what the provider redis takes\. .*"read-only"/,
    );
    assert.equal(end, '');
    assert.equal(stdout, '\n2 problems\n');
    assert.equal(code, 1);
  });

  it('says what is wrong with a rotation, and who is meant', async () => {
    const directory = path.join(folder, 'org', 'oncall');
    mkdirSync(directory, { recursive: true });
    const text = readFileSync(
      path.join(root, 'org/oncall/payments.yaml'),
      'utf8',
    );
    writeFileSync(
      path.join(directory, 'payments.yaml'),
      text.replace('[mara, idris]', '[mara, idriss]'),
    );
    const { code, stderr } = await validate({
      env: { APP_CONFIG_ownership_onCall_directory: directory },
      cwd: folder,
    });
    assert.match(
      stderr,
      /^org\/oncall\/payments\.yaml:\d+: There is no user "idriss".* Did you mean "idris"\?/,
    );
    assert.equal(code, 1);
  });
});
