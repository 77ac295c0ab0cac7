import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSupportedNode } from './node.mjs';

test('Node 22 from 22.12 on and Node 24 are supported', () => {
  assert.deepEqual(
    ['v20.19.0', 'v22.11.0', 'v22.12.0', '24.0.0', 'v25.1.0'].map(
      isSupportedNode,
    ),
    [false, false, true, true, false],
  );
});
