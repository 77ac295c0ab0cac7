import type { JsonValue } from '@backstage/types';
import {
  explainEnvironmentName,
  explainServiceName,
} from '@slipway/plugin-platform-common';
import { z } from 'zod';
import { teamReference } from '../access';
import { isLimit } from './limits';
import { DURATION_FORMS, parseDuration } from './parseDuration';

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
