import { z } from 'zod';
import type { ScoreWorkload } from './types';

/** What names a workload, container, port or resource: a DNS label (RFC 1123). */
const label = z
  .string()
  .min(1)
  .max(63, 'Use at most 63 characters.')
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    'Use lower-case letters, digits and hyphens; start and end with a letter or digit.',
  );
const text = z.string();
const texts = z.record(text, text);
const words = z.array(text);
const port = z.number().int().min(1).max(65_535);

const probe = z
  .strictObject({
    httpGet: z
      .strictObject({
        path: text.startsWith('/', 'Start the path with "/".'),
        port,
        scheme: z.enum(['HTTP', 'HTTPS']).optional(),
        host: text.optional(),
        httpHeaders: z
          .array(z.strictObject({ name: text, value: text }))
          .optional(),
      })
      .optional(),
    exec: z.strictObject({ command: words.min(1) }).optional(),
  })
  .refine(
    value => (value.httpGet === undefined) !== (value.exec === undefined),
    'Give either httpGet or exec.',
  );

const amounts = z.strictObject({
  cpu: text.optional(),
  memory: text.optional(),
});

const fileContent = {
  mode: text
    .regex(/^0?[0-7]{3}$/, 'Use an octal mode such as "0644".')
    .optional(),
  source: text.optional(),
  content: z.union([text, words]).optional(),
  binaryContent: text.optional(),
  noExpand: z.boolean().optional(),
};
const volumeSource = {
  source: text,
  path: text.optional(),
  readOnly: z.boolean().optional(),
  read_only: z.boolean().optional(),
};

const container = z.strictObject({
  image: text.min(1),
  command: words.optional(),
  args: words.optional(),
  variables: texts.optional(),
  files: z
    .union([
      z.array(z.strictObject({ target: text, ...fileContent })),
      z.record(text, z.strictObject(fileContent)),
    ])
    .optional(),
  volumes: z
    .union([
      z.array(z.strictObject({ target: text, ...volumeSource })),
      z.record(text, z.strictObject(volumeSource)),
    ])
    .optional(),
  resources: z
    .strictObject({ limits: amounts.optional(), requests: amounts.optional() })
    .optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  before: z
    .record(
      text,
      z.strictObject({
        ready: z.enum(['started', 'healthy', 'complete']).optional(),
      }),
    )
    .optional(),
});

const resource = z.strictObject({
  type: label,
  class: label.optional(),
  id: text
    .regex(
      /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/i,
      'Use letters, digits, dots and hyphens.',
    )
    .optional(),
  metadata: z.record(text, z.unknown()).optional(),
  params: z.record(text, z.unknown()).optional(),
});

/** A workload of the Score specification v1b1 (docs.score.dev, read 2026). */
export const scoreSchema: z.ZodType<ScoreWorkload> = z.strictObject({
  apiVersion: z.literal('score.dev/v1b1', 'Use score.dev/v1b1.'),
  metadata: z
    .object({ name: label, annotations: texts.optional() })
    .catchall(z.unknown()),
  containers: z
    .record(label, container)
    .refine(
      value => Object.keys(value).length > 0,
      'Name at least one container.',
    ),
  service: z
    .strictObject({
      ports: z
        .record(
          label,
          z.strictObject({
            port,
            targetPort: port.optional(),
            protocol: z.enum(['TCP', 'UDP']).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  resources: z.record(label, resource).optional(),
});
