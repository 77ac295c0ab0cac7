import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads from /metrics. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took, by method, route and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

/** Measures every request. The route's pattern is the label, never the path, so that labels stay few. */
export function measure(request, response, next) {
  const end = duration.startTimer({ method: request.method });
  response.on('finish', () => {
    end({ route: request.route?.path ?? 'none', status: response.statusCode });
  });
  next();
}
