import { z } from 'zod';
import { OperationFailedError } from '../context';
import { YamlDocument } from '../yaml';

/** What a repository says about how its releases are checked, beside `score.yaml`. */
export const DELIVERY_FILE = 'delivery.yaml';

const MOST_CHECKS = 20;
const LONGEST_TIMEOUT_SECONDS = 60;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const smokeCheck = z.strictObject({
  name: z.string().trim().min(1).max(100),
  request: z.strictObject({
    method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
    path: z
      .string()
      .max(2_000)
      .regex(/^\/[\x21-\x7e]*$/, 'Use a path that begins with "/".'),
    headers: z
      .record(
        z.string().regex(HEADER_NAME, 'Use the name of a header.'),
        z.string().regex(/^[\x20-\x7e]*$/, 'Use visible ASCII characters.'),
      )
      .optional(),
    body: z.string().max(16_000).optional(),
  }),
  expect: z
    .strictObject({
      status: z.number().int().min(100).max(599).default(200),
      contains: z.string().min(1).max(1_000).optional(),
    })
    .default({ status: 200 }),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(LONGEST_TIMEOUT_SECONDS)
    .default(5),
});

const deliveryFile = z.strictObject({
  apiVersion: z.literal('slipway.dev/v1', 'Use slipway.dev/v1.'),
  kind: z.literal('Delivery', 'Use Delivery.'),
  spec: z.strictObject({
    smokeChecks: z.array(smokeCheck).max(MOST_CHECKS).default([]),
  }),
});

/** A request that a release has to answer as expected before it gets any traffic. */
export type SmokeCheck = z.output<typeof smokeCheck>;

/**
 * Reads a `delivery.yaml`; a commit without one asks for nothing. Throws `OperationFailedError` that names line and field, and says what would
 * be right.
 */
export function parseDelivery(text: string | undefined): SmokeCheck[] {
  if (text === undefined) {
    return [];
  }
  const document = YamlDocument.parse(text);
  if (document.broken) {
    const { line, message } = document.broken;
    throw new OperationFailedError({
      message: `${DELIVERY_FILE}, line ${line}: ${message}.`,
      hint: 'Mend the YAML, and push again.',
    });
  }
  const result = deliveryFile.safeParse(document.value ?? {});
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new OperationFailedError({
      message: `${DELIVERY_FILE}, line ${document.lineOf(issue.path)}: ${document.describe(issue)}`,
      hint: 'docs/guides/deliver-a-service.md shows what it may hold.',
    });
  }
  return result.data.spec.smokeChecks;
}
