import pino from 'pino';

/** Structured logs: one JSON object a line, with a readable time. */
export const logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { service: '${{ values.name }}' },
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: label => ({ level: label }) },
});
