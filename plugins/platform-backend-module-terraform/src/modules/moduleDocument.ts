import { z } from 'zod';

const line = z.string().trim().min(1).max(200);

/** The `slipway.yaml` of a module. */
export const moduleDocument = z.strictObject({
  apiVersion: z.literal('slipway.dev/v1', 'Use slipway.dev/v1.'),
  kind: z.literal('TerraformModule', 'Use TerraformModule.'),
  metadata: z.strictObject({ title: line, description: line }),
  spec: z.strictObject({
    type: z
      .string()
      .max(63)
      .regex(
        /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
        'Use lower-case letters, digits and single hyphens, starting with a letter.',
      ),
    timeoutMinutes: z
      .number()
      .positive()
      .max(24 * 60)
      .optional(),
    /** By variable: what JSON Schema adds to its type. */
    parameters: z
      .record(z.string(), z.record(z.string(), z.json()))
      .default({}),
  }),
});
