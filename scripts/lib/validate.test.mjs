import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
      /^3 environments and \d+ resource definitions in \d+ files are valid/,
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
    assert.equal(stdout, '\n2 problems in .\n');
    assert.equal(code, 1);
  });
});
