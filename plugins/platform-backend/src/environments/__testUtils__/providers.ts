import {
  createResourceProvider,
  type ResourceProvider,
} from '@slipway/plugin-platform-node';
import { z, type ZodType } from 'zod';
import type { JsonObject } from '@backstage/types';

/** A provider of which only what can be asked for matters. */
export function providerOf<T extends JsonObject>(
  name: string,
  type: string,
  parameters: ZodType<T>,
): ResourceProvider {
  return createResourceProvider<T>({
    name,
    type,
    title: name,
    description: name,
    parameters,
    outputs: {},
    plan: async () => ({ action: 'none', fields: [] }),
    observe: async () => ({ exists: false, attributes: {} }),
    apply: async () => ({ outputs: {} }),
    destroy: async () => {},
  });
}

export const POSTGRES = providerOf(
  'postgres',
  'postgres',
  z.strictObject({
    size: z.enum(['small', 'large']).default('small'),
    connections: z.number().int().min(1).max(500).default(50),
    extensions: z.array(z.enum(['pgcrypto', 'citext'])).default([]),
    locale: z.enum(['C', 'en']).optional(),
    /** What only the engineer can say. */
    database: z.string(),
  }),
);

export const TERRAFORM = providerOf(
  'terraform',
  'bucket',
  z.object({ module: z.string() }).catchall(z.json()),
);
