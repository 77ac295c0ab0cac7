import { DEPLOYMENT_CAUSES } from '@slipway/plugin-platform-common';
import { z } from 'zod';

/** The input of a deploy run. */
export const deployRunInput = z.object({
  deploymentId: z.string(),
  releaseId: z.string(),
  service: z.string(),
  environment: z.string(),
  label: z.string(),
  /** Whether who started it was shown the plan, and agreed to the data that it loses. */
  planShown: z.boolean().optional(),
  /**
   * It only gives what its resources offer by now to the release that serves when it begins, whichever that is. It makes and changes no
   * resources.
   */
  refresh: z.boolean().optional(),
  /** Missing where it was asked for before causes were kept. */
  cause: z.enum(DEPLOYMENT_CAUSES).optional(),
  /** Why, as the person who asked said. */
  reason: z.string().optional(),
  /** The release that served when this was asked for; empty where none did. Missing where it doesn't matter. */
  instead: z.string().optional(),
});

export type DeployInput = z.infer<typeof deployRunInput>;
