import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pageSnapshots } from './pageSnapshots.mjs';

test('shows what the pages of failed tests showed, without their navigation', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'snapshots-'));
  try {
    assert.equal(pageSnapshots(folder), '');
    mkdirSync(path.join(folder, 'story-creates'));
    writeFileSync(
      path.join(folder, 'story-creates/error-context.md'),
      '# Test info\n\n# Page snapshot\n\n```yaml\n- generic:\n  - link "Home"\n  - main:\n    - heading "orders"\n```\n',
    );
    assert.equal(
      pageSnapshots(folder),
      '\n──── The page of story-creates\n\n  - main:\n    - heading "orders"\n',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
