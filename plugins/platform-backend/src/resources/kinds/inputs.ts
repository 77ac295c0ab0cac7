import type { JsonObject } from '@backstage/types';
import { z, type ZodType } from 'zod';
import { teamReference } from '../../access';

/** What is asked for is looked at by the definition and the provider; here, it is any JSON. */
const parameters = z.record(z.string(), z.json()) as ZodType<JsonObject>;

const resourceId = z.uuid('Give the id of a resource.');

/** The input of `provision-resource`. */
export const provisionInput = z.strictObject({
  type: z.string().min(1),
  name: z.string().min(1),
  environment: z.string().min(1),
  owner: teamReference('a resource'),
  class: z.string().min(1).default('default'),
  parameters: parameters.default({}),
  timeToLiveMs: z.number().int().positive().optional(),
  service: z.string().min(1).optional(),
});

/** What {@link provisionInput} parses to. */
export type ProvisionRequest = z.infer<typeof provisionInput>;

/** The input of `adopt-resource`. */
export const adoptInput = provisionInput.extend({ existing: parameters });

/** The input of the kinds that need to know of which resource only. */
export const resourceInput = z.strictObject({ resourceId });

/** The input of `change-resource`. */
export const changeInput = resourceInput.extend({
  class: z.string().min(1).optional(),
  parameters: parameters.optional(),
});

/** The input of `extend-resource`. */
export const extendInput = resourceInput.extend({
  until: z.iso.datetime({
    offset: true,
    message: 'Give a time such as "2027-01-31T12:00:00Z".',
  }),
});

/** The input of `destroy-resource`. */
export const destroyInput = resourceInput.extend({
  withConnected: z.boolean().default(false),
});
