import { z } from 'zod';

const stepSchema = z.object({
  id: z.string(),
  dependsOn: z.array(z.string()),
  /** The longest it pauses, before its effect and after it, in milliseconds. */
  pauseMs: z.number(),
  /** Whether it makes a thing in the world. */
  makes: z.boolean(),
  undoable: z.boolean(),
  /** Fails at its first attempt, at all of them, or never; before its effect or after it. */
  fails: z.enum(['never', 'once', 'always']),
  failsAfterEffect: z.boolean(),
  /** What it waits for before its effect. */
  waitsFor: z
    .enum(['nothing', 'time', 'event', 'callback', 'approval'])
    .default('nothing'),
  undoFails: z.enum(['never', 'once']),
});

const kindSchema = z.object({
  id: z.string(),
  steps: z.array(stepSchema),
});

/** One step of a generated run kind, as the test describes it. */
export type StepSpec = z.infer<typeof stepSchema>;

/** A generated run kind. */
export type KindSpec = z.infer<typeof kindSchema>;

/** Reads the kinds that the test generated. Throws where one is not as it should be. */
export function parseKinds(value: unknown): KindSpec[] {
  return z.array(kindSchema).parse(value);
}
