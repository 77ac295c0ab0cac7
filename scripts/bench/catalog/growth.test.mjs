import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth } from './growth.mjs';

test('what grows with the catalog is linear, what does not grow is far below, and what stock takes does not count', () => {
  const first = {
    size: 1_000,
    metrics: {
      ingestSeconds: 10,
      listMsP50: 20,
      listStockMsP50: 1,
      megabytes: 1,
    },
  };
  const last = {
    size: 4_000,
    metrics: {
      ingestSeconds: 60,
      listMsP50: 20,
      listStockMsP50: 9,
      megabytes: 9,
    },
  };
  assert.deepEqual(growth(first, last), {
    ingestSecondsGrowth: 1.5,
    listMsP50Growth: 0.25,
    growthMax: 1.5,
  });
});
