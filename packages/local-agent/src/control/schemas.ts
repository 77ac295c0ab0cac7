import path from 'node:path';
// The small variant: the other one alone would take a tenth of the memory that the agent may use.
import * as z from 'zod/mini';
import type {
  EndpointRequest,
  RestartRequest,
  RetireRequest,
  RouteRequest,
  ScaleRequest,
  ShareRequest,
  StartRequest,
  StopRequest,
  VolumeRequest,
} from '@slipway/plugin-platform-backend-module-local-runtime';
import type { JobSchedule } from '@slipway/plugin-platform-common';
import type { ProbeRequest } from '@slipway/plugin-platform-node';
import { nextTime } from '../jobs/nextTime';

/** More processes of one instance would not help one machine. */
const MOST_REPLICAS = 32;
const LONGEST_WAIT_MS = 60 * 60 * 1000;

function canBeKept(schedule: Pick<JobSchedule, 'schedule' | 'timeZone'>) {
  try {
    nextTime(schedule, new Date());
    return true;
  } catch {
    return false;
  }
}

/** `zod/mini` brings no texts of its own, so that each check needs one. */
function text(
  isRight: (value: string) => boolean,
  error: string,
): z.ZodMiniString {
  return z.string(error).check(z.refine(isRight, { error }));
}

function matching(pattern: RegExp, error: string): z.ZodMiniString {
  return text(value => pattern.test(value), error);
}

const wait = z
  .number('use a number of milliseconds')
  .check(
    z.refine(
      value =>
        Number.isInteger(value) && value >= 0 && value <= LONGEST_WAIT_MS,
      { error: `use whole milliseconds from 0 to ${LONGEST_WAIT_MS}` },
    ),
  );

const withoutNul = text(
  value => !value.includes('\0'),
  'use text without a NUL character',
);

const target = text(
  value => value !== '' && !value.includes('\0'),
  'use a path',
);

const httpProbe = z.object({
  path: matching(/^\/[\x21-\x7e]*$/, 'use a path that begins with "/"'),
  host: z.optional(matching(/^[\x21-\x7e]+$/, 'use a host name')),
});

const work = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('service') }),
    z.object({ kind: z.literal('worker') }),
    z
      .object({
        kind: z.literal('job'),
        schedule: withoutNul,
        timeZone: withoutNul,
        timeLimitMs: z.number('use a number of milliseconds').check(
          z.refine(value => Number.isInteger(value) && value > 0, {
            error: 'use whole milliseconds above 0',
          }),
        ),
      })
      .check(
        z.refine(canBeKept, {
          error: 'use a cron expression and a time zone',
          path: ['schedule'],
        }),
      ),
  ],
  'use service, worker or job',
);

/** It becomes the name of a directory. */
export const idSchema = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
  'use at most 100 letters, digits, ".", "_" and "-"',
);

const label = matching(
  /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  'use lower-case letters, digits and hyphens',
);
const environment = matching(
  /^[a-z][a-z0-9]{0,21}$/,
  'use at most 22 lower-case letters and digits',
);

export const refSchema = z.object({ service: label, environment });

const replicas = z
  .int('use a whole number')
  .check(
    z.gte(1, 'use at least 1'),
    z.lte(MOST_REPLICAS, `use at most ${MOST_REPLICAS}`),
  );

export const startRequestSchema = z.object({
  releaseId: idSchema,
  label: matching(/^.{1,200}$/, 'use 1 to 200 characters'),
  artifact: z.object({
    digest: matching(
      /^sha256:[0-9a-f]{64}$/,
      'use sha256: and 64 hexadecimal digits',
    ),
    file: text(path.isAbsolute, 'use an absolute path'),
  }),
  command: z
    .array(withoutNul, 'use a list of program and arguments')
    .check(
      z.refine(command => command.length > 0, { error: 'name a program' }),
    ),
  variables: z.record(
    matching(/^[^=\0]+$/, 'use a name without "="'),
    withoutNul,
  ),
  volumes: z.array(
    z.object({
      source: idSchema,
      target,
      path: z.optional(withoutNul),
      readOnly: z.boolean('use true or false'),
    }),
    'use a list',
  ),
  files: z.array(
    z.object({
      target,
      mode: matching(/^0?[0-7]{3}$/, 'use an octal mode'),
      content: z.string('use base64').check(z.base64('use base64')),
    }),
    'use a list',
  ),
  work: z.optional(work),
  readiness: z.optional(httpProbe),
  liveness: z.optional(httpProbe),
  replicas: z.optional(replicas),
  readinessTimeoutMs: wait,
  gracePeriodMs: wait,
}) satisfies z.ZodMiniType<StartRequest>;

export const scaleRequestSchema = z.object({
  replicas,
}) satisfies z.ZodMiniType<ScaleRequest>;

export const restartRequestSchema = z.object({
  key: matching(/^.{1,200}$/, 'use 1 to 200 characters'),
}) satisfies z.ZodMiniType<RestartRequest>;

export const stopRequestSchema = z.object({
  reason: matching(/^.{1,500}$/, 'use 1 to 500 characters'),
}) satisfies z.ZodMiniType<StopRequest>;

const name = matching(/^.{1,200}$/, 'use 1 to 200 characters');

export const volumeRequestSchema = z.object({
  name,
  quotaBytes: z.number('use a number of bytes').check(
    z.refine(value => Number.isSafeInteger(value) && value > 0, {
      error: 'use a whole number of bytes above 0',
    }),
  ),
}) satisfies z.ZodMiniType<VolumeRequest>;

export const endpointRequestSchema = z.object({
  name,
  host: label,
  path: matching(/^\/[\x21-\x7e]*$/, 'use a path that begins with "/"'),
  service: z.optional(label),
  environment,
  owner: name,
}) satisfies z.ZodMiniType<EndpointRequest>;

export const routeRequestSchema = z.object({
  instanceId: idSchema,
}) satisfies z.ZodMiniType<RouteRequest>;

export const shareRequestSchema = z.object({
  instanceId: idSchema,
  percent: z.number('use a number of percent').check(
    z.refine(value => Number.isInteger(value) && value >= 0 && value <= 100, {
      error: 'use a whole number from 0 to 100',
    }),
  ),
}) satisfies z.ZodMiniType<ShareRequest>;

export const probeRequestSchema = z.object({
  method: z.enum(['GET', 'HEAD', 'POST'], 'use GET, HEAD or POST'),
  path: matching(/^\/[\x21-\x7e]*$/, 'use a path that begins with "/"'),
  headers: z.optional(
    z.record(
      matching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'use the name of a header'),
      matching(/^[\x20-\x7e]*$/, 'use visible ASCII characters'),
    ),
  ),
  body: z.optional(z.string('use text')),
  timeoutMs: wait,
}) satisfies z.ZodMiniType<ProbeRequest>;

export const retireRequestSchema = z.object({
  keepInstanceId: idSchema,
}) satisfies z.ZodMiniType<RetireRequest>;

export const logQuerySchema = z.object({
  tail: z._default(matching(/^\d{1,4}$/, 'use a number from 0 to 9999'), '200'),
  follow: z._default(
    matching(/^(?:true|false)$/, 'use true or false'),
    'false',
  ),
});
