import type { JsonValue } from '@backstage/types';
import {
  explainEnvironmentName,
  explainServiceName,
} from '@slipway/plugin-platform-common';
import { DURATION_FORMS, parseDuration } from '@slipway/plugin-platform-node';
import { z } from 'zod';
import { teamReference } from '../access';
import { isLimit } from './limits';

export const API_VERSION = 'slipway.dev/v1';

/** How long what was destroyed can be restored where a definition doesn't say. */
const RETENTION = '7d';
/** The longest name that fits into a DNS label (RFC 1035 section 2.3.4). */
const LONGEST_NAME = 63;

const apiVersion = z.literal(API_VERSION, `Use ${API_VERSION}.`);
const line = z.string().trim().min(1).max(200);

/** What names a definition, a resource type or a class. */
const word = z
  .string()
  .max(LONGEST_NAME, `Use at most ${LONGEST_NAME} characters.`)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'Use lower-case letters, digits and single hyphens, starting with a letter.',
  );

/** A text in which something may be found wrong. */
function checkedBy(explain: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const message = explain(text);
    if (message) {
      context.addIssue({ code: 'custom', message });
    }
  });
}

/** `7d` to milliseconds. A bare number is told the forms too. */
const duration = z
  .union([z.string(), z.number()], DURATION_FORMS)
  .transform((text, context) => {
    const milliseconds = parseDuration(String(text));
    if (milliseconds === undefined) {
      context.addIssue({ code: 'custom', message: DURATION_FORMS });
      return z.NEVER;
    }
    return milliseconds;
  });

const lifetime = duration.refine(milliseconds => milliseconds > 0, {
  message: 'Use at least 1m.',
});

const value = z.custom<JsonValue>(
  given => z.json().safeParse(given).success,
  'Use text, a number, true, false, null, a list or a mapping.',
);
const fields = z.record(z.string(), value).default({});

const DEFAULT_ROLLOUT = { strategy: 'blue-green', steps: [], bake: 0 } as const;
/** More looks would only be watched by nobody. */
const MOST_STEPS = 10;

const rollout = z.strictObject({
  strategy: z.enum(['blue-green', 'canary']).default('blue-green'),
  steps: z
    .array(
      z.strictObject({
        percent: z
          .number()
          .int()
          .min(1, 'Use at least 1.')
          .max(99, 'Use at most 99: all of it is what follows by itself.'),
        for: lifetime,
      }),
    )
    .max(MOST_STEPS)
    .default([]),
  bake: duration.default(0),
});

const previews = z.strictObject({
  for: z
    .enum(['merge-requests', 'branches'], 'Use merge-requests or branches.')
    .default('merge-requests'),
  timeToLive: z
    .strictObject({ default: lifetime, maximum: lifetime })
    .prefault({ default: '3d', maximum: '14d' }),
  maximum: z.number().int().min(1, 'Use at least 1.').max(1_000).default(10),
});

/** More processes of one service would not help one environment. */
const MOST_REPLICAS = 10;
const replicaCount = z
  .number('Use a whole number.')
  .int('Use a whole number.')
  .min(1, 'Use at least 1.')
  .max(MOST_REPLICAS, `Use at most ${MOST_REPLICAS}.`);

const replicas = z
  .strictObject({
    default: replicaCount.default(1),
    maximum: replicaCount.default(MOST_REPLICAS),
  })
  .refine(({ default: usual, maximum }) => usual <= maximum, {
    path: ['default'],
    message: 'This is more than the maximum. Use at most as many.',
  });

/** A time that comes back every week. */
const weekly = z.strictObject({
  from: z.string(),
  until: z.string(),
  timeZone: z.string().default('UTC'),
});

export const environmentDocument = z.strictObject({
  apiVersion,
  kind: z.literal('Environment'),
  metadata: z.strictObject({
    name: checkedBy(explainEnvironmentName),
    title: line.optional(),
  }),
  spec: z.strictObject({
    order: z.number(),
    autoDeploy: z.boolean().default(false),
    protected: z.boolean().default(false),
    rollout: rollout.default({ ...DEFAULT_ROLLOUT, steps: [] }),
    replicas: replicas.prefault({}),
    sleep: z.array(weekly).default([]),
    previews: previews.optional(),
  }),
});

export const freezeDocument = z.strictObject({
  apiVersion,
  kind: z.literal('FreezeWindow'),
  metadata: z.strictObject({ name: word, title: line.optional() }),
  spec: z.strictObject({
    reason: line,
    environments: z.array(z.string()).min(1, 'Name at least one.'),
    from: z.string().optional(),
    until: z.string().optional(),
    weekly: weekly.optional(),
  }),
});

export const definitionDocument = z.strictObject({
  apiVersion,
  kind: z.literal('ResourceDefinition'),
  metadata: z.strictObject({ name: word, description: line.optional() }),
  spec: z.strictObject({
    match: z.strictObject({
      type: word,
      class: word.optional(),
      environment: z.string().optional(),
      owner: teamReference('a resource').optional(),
      service: checkedBy(explainServiceName).optional(),
      id: z.string().min(1).max(LONGEST_NAME).optional(),
    }),
    provider: z.string().min(1),
    parameters: fields,
    defaults: fields,
    maximum: z
      .record(
        z.string(),
        value.refine(isLimit, 'Use a number, or a list of what is allowed.'),
      )
      .default({}),
    timeToLive: z
      .strictObject({ default: lifetime, maximum: lifetime })
      .optional(),
    retention: duration.default(parseDuration(RETENTION) ?? 0),
  }),
});
