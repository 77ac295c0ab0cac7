import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';

const json = z.json() as z.ZodType<JsonValue>;
const values = z.record(z.string(), json) as z.ZodType<JsonObject>;

const output = z.object({ sensitive: z.boolean(), value: json.optional() });

const change = z.object({
  actions: z.array(z.string()),
  before: json.optional(),
  after: json.optional(),
  after_unknown: json.optional(),
  before_sensitive: json.optional(),
  after_sensitive: json.optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
});
/** A difference between what is there and what would be. */
export type PlannedDifference = z.infer<typeof change>;

const resourceChange = z.object({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  /** Set where it is what is left of one that was replaced. */
  deposed: z.string().optional(),
  change,
});
export type PlannedResource = z.infer<typeof resourceChange>;

export interface StateModule {
  resources?: Array<{
    address: string;
    mode: string;
    values?: JsonObject;
    sensitive_values?: JsonValue;
  }>;
  child_modules?: StateModule[];
}

const stateModule: z.ZodType<StateModule> = z.lazy(() =>
  z.object({
    resources: z
      .array(
        z.object({
          address: z.string(),
          mode: z.string(),
          values: values.optional(),
          sensitive_values: json.optional(),
        }),
      )
      .optional(),
    child_modules: z.array(stateModule).optional(),
  }),
);

/**
 * What `show -json` says of a plan, as far as it is used here.
 *
 * @see https://opentofu.org/docs/internals/json-format
 */
export const planOutput = z.object({
  resource_changes: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
  /** After a look at what is there. */
  prior_state: z
    .object({
      values: z
        .object({
          outputs: z.record(z.string(), output).default({}),
          root_module: stateModule.default({}),
        })
        .optional(),
    })
    .optional(),
});
export type PlanOutput = z.infer<typeof planOutput>;

/** What `output -json` says. */
export const outputsOutput = z.record(z.string(), output);
export type OutputsOutput = z.infer<typeof outputsOutput>;
