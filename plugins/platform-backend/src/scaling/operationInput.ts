import { z } from 'zod';

const place = { service: z.string(), environment: z.string() };
const reason = z.string().trim().min(1).max(200).optional();

/** What people ask for, by what is done. */
export const operationInputs = {
  scale: z.strictObject({
    ...place,
    replicas: z
      .number('Use a whole number.')
      .int('Use a whole number.')
      .min(1, 'Use at least 1. To have none, stop the service.'),
    reason,
  }),
  restart: z.strictObject({ ...place, reason }),
  stop: z.strictObject({ ...place, reason }),
  start: z.strictObject({ ...place, reason }),
};

/** What a run keeps of it. */
export const operationRunInput = z.strictObject({
  ...place,
  replicas: z.number().optional(),
  reason,
  /** Of a stop: that it is night there, and until when, as people read it. */
  asleepUntil: z.string().optional(),
  /** Of a start: that the night is over. */
  isMorning: z.boolean().optional(),
});

export type OperationRunInput = z.infer<typeof operationRunInput>;
