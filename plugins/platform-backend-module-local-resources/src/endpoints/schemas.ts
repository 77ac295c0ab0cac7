import { RESERVED_SERVICE_NAMES } from '@slipway/plugin-platform-common';
import { z } from 'zod';

/** How Score's examples write any one segment of a path. */
const ANY_SEGMENT = '[^/]+';

/** A host name before `.localhost`: a DNS label (RFC 1035 section 2.3.1). */
export const hostLabel = z
  .string()
  .max(63, 'Use at most 63 characters.')
  .regex(
    /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
    'Use lower-case letters, digits and hyphens; start with a letter and end with a letter or digit.',
  )
  .refine(label => !RESERVED_SERVICE_NAMES.has(label), {
    error: ({ input }) => `"${input}" is reserved for the platform.`,
  });

export const path = z
  .string()
  .max(500, 'Use at most 500 characters.')
  .transform(value => value.replaceAll(ANY_SEGMENT, '*'))
  .pipe(
    z
      .string()
      .regex(
        /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/,
        'Use a path such as /bills; * stands for any one segment.',
      ),
  );

export const service = z
  .string()
  .max(63)
  .regex(/^[a-z][a-z0-9-]*$/, 'Use the name of a service.');
