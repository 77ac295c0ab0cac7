import type {
  RolloutVerdict,
  TrafficSummary,
} from '@slipway/plugin-platform-common';
import type { InstanceSignals } from '@slipway/plugin-platform-node';

/** Fewer say nothing: one unlucky request would be a catastrophe. */
const ENOUGH_REQUESTS = 20;
/** How many times, and by how much, errors may be above those of the release before. */
const ERRORS = { times: 2, above: 0.02 };
/** The same of the time in which 95 of 100 requests were answered; in milliseconds. */
const LATENCY = { times: 2, aboveMs: 100 };

export const NO_SIGNALS: InstanceSignals = {
  requests: 0,
  errors: 0,
  buckets: [],
};

/** What came since; all of it where counting began anew meanwhile. */
export function since(
  now: InstanceSignals,
  then: InstanceSignals,
): InstanceSignals {
  if (now.requests < then.requests) {
    return now;
  }
  return {
    requests: now.requests - then.requests,
    errors: now.errors - then.errors,
    buckets: now.buckets.map((bucket, index) => ({
      ...bucket,
      count: bucket.count - (then.buckets[index]?.count ?? 0),
    })),
  };
}

/** Whether a release does worse than the one before it. */
export function judge(
  now: InstanceSignals,
  before: InstanceSignals | undefined,
): RolloutVerdict {
  const summary = summarize(now);
  const old = before && summarize(before);
  const verdict = { now: summary, ...(old && { before: old }) };
  if (now.requests < ENOUGH_REQUESTS) {
    return {
      ...verdict,
      state: 'unknown',
      message: `Only ${count(now.requests)}, too few to compare: it takes ${ENOUGH_REQUESTS}.`,
    };
  }
  // Without anything to compare with, no errors and no hurry are what is expected.
  const errors = old?.errorRate ?? 0;
  if (
    summary.errorRate > errors + ERRORS.above &&
    summary.errorRate > errors * ERRORS.times
  ) {
    return {
      ...verdict,
      state: 'sour',
      message: `${percent(summary.errorRate)} of ${count(now.requests)} failed, ${old ? `where it was ${percent(errors)} of ${count(old.requests)} before` : 'and nothing served before it'}.`,
    };
  }
  if (
    old?.p95Ms !== undefined &&
    old.requests >= ENOUGH_REQUESTS &&
    summary.p95Ms !== undefined &&
    summary.p95Ms > old.p95Ms * LATENCY.times &&
    summary.p95Ms > old.p95Ms + LATENCY.aboveMs
  ) {
    return {
      ...verdict,
      state: 'sour',
      message: `95 of 100 requests took up to ${milliseconds(summary.p95Ms)}, where it was ${milliseconds(old.p95Ms)} before.`,
    };
  }
  return {
    ...verdict,
    state: 'good',
    message: `${percent(summary.errorRate)} of ${count(now.requests)} failed${summary.p95Ms === undefined ? '' : `, and 95 of 100 took up to ${milliseconds(summary.p95Ms)}`}.`,
  };
}

function summarize({
  requests,
  errors,
  buckets,
}: InstanceSignals): TrafficSummary {
  const p95Ms = quantile(buckets, 0.95);
  return {
    requests,
    errorRate: requests === 0 ? 0 : errors / requests,
    ...(p95Ms !== undefined && { p95Ms }),
  };
}

/** As Prometheus' histogram_quantile: evenly spread within a bucket; the last bucket counts as its lower end. */
function quantile(
  buckets: InstanceSignals['buckets'],
  part: number,
): number | undefined {
  const total = buckets.reduce((sum, { count: each }) => sum + each, 0);
  let seen = 0;
  let lower = 0;
  for (const { leMs, count: each } of buckets) {
    if (total > 0 && seen + each >= total * part) {
      return leMs === undefined || each === 0
        ? lower
        : lower + ((leMs - lower) * (total * part - seen)) / each;
    }
    seen += each;
    lower = leMs ?? lower;
  }
  return undefined;
}

function percent(part: number): string {
  return `${Number((part * 100).toFixed(1))} %`;
}

function count(requests: number): string {
  return requests === 1 ? '1 request' : `${requests} requests`;
}

function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}
