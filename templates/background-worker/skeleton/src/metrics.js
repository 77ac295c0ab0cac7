import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads from /metrics. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const jobDuration = new Histogram({
  name: 'job_duration_seconds',
  help: 'How long jobs took, by kind and outcome.',
  labelNames: ['job', 'outcome'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
  registers: [metrics],
});
