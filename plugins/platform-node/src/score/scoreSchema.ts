import { z } from 'zod';
import { fileList, volumeList } from './containerLists';
import { checkSchedule } from './scheduleOf';
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
/** What names a type or a class of resources. */
const word = text
  .min(1)
  .max(63, 'Use at most 63 characters.')
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    'Use letters, digits and hyphens; start and end with a letter or digit.',
  );
const texts = z.record(text, text);
const words = z.array(text);
const port = z.number().int().min(1).max(65_535);

const probe = z
  .strictObject({
    httpGet: z
      .strictObject({
        path: text.startsWith('/', 'Start the path with "/".'),
        port,
        scheme: text
          .toUpperCase()
          .pipe(z.enum(['HTTP', 'HTTPS']))
          .optional(),
        host: text.optional(),
        httpHeaders: z
          .array(z.strictObject({ name: text, value: text }))
          .optional(),
      })
      .optional(),
    exec: z.strictObject({ command: words.min(1) }).optional(),
  })
  .refine(
    value => value.httpGet !== undefined || value.exec !== undefined,
    'Give httpGet or exec.',
  );

const amounts = z.strictObject({
  cpu: text.optional(),
  memory: text.optional(),
});

const container = z.strictObject({
  image: text.min(1),
  command: words.optional(),
  args: words.optional(),
  variables: texts.optional(),
  files: fileList.optional(),
  volumes: volumeList.optional(),
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
  type: word,
  class: word.optional(),
  id: text
    .max(63, 'Use at most 63 characters.')
    .regex(
      /^[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)*$/,
      'Use lower-case letters, digits, hyphens and dots; start and end with a letter or digit.',
    )
    .optional(),
  metadata: z.record(text, z.unknown()).optional(),
  params: z.record(text, z.json()).optional(),
});

/** A workload of the Score specification v1b1 (docs.score.dev, read 2026). */
export const scoreSchema: z.ZodType<ScoreWorkload> = z
  .strictObject({
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
  })
  .superRefine(checkSchedule);
