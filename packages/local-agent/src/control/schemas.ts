import path from 'node:path';
// The small variant: the other one alone would take a tenth of the memory that the agent may use.
import * as z from 'zod/mini';
import type {
  RetireRequest,
  RouteRequest,
  StartRequest,
} from '@slipway/plugin-platform-backend-module-local-runtime';

const LONGEST_WAIT_MS = 60 * 60 * 1000;

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

const httpProbe = z.object({
  path: matching(/^\/[\x21-\x7e]*$/, 'use a path that begins with "/"'),
  host: z.optional(matching(/^[\x21-\x7e]+$/, 'use a host name')),
});

const id = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
  'use at most 100 letters, digits, ".", "_" and "-"',
);

/** It becomes the name of a directory. */
export const instanceIdSchema = id;

export const refSchema = z.object({
  service: matching(
    /^[a-z][a-z0-9-]{0,62}$/,
    'use lower-case letters, digits and hyphens',
  ),
  environment: matching(
    /^[a-z][a-z0-9]{0,15}$/,
    'use at most 16 lower-case letters and digits',
  ),
});

export const startRequestSchema = z.object({
  releaseId: id,
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
  readiness: z.optional(httpProbe),
  liveness: z.optional(httpProbe),
  readinessTimeoutMs: wait,
  gracePeriodMs: wait,
}) satisfies z.ZodMiniType<StartRequest>;

export const routeRequestSchema = z.object({
  instanceId: instanceIdSchema,
}) satisfies z.ZodMiniType<RouteRequest>;

export const retireRequestSchema = z.object({
  keepInstanceId: instanceIdSchema,
}) satisfies z.ZodMiniType<RetireRequest>;

export const logQuerySchema = z.object({
  tail: z._default(matching(/^\d{1,4}$/, 'use a number from 0 to 9999'), '200'),
  follow: z._default(
    matching(/^(?:true|false)$/, 'use true or false'),
    'false',
  ),
});
